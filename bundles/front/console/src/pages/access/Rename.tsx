import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Renaming } from "../../api/access";
import { Dialog } from "../../app/Dialog";
import { notify } from "../../app/notices";

interface Props {
  what: "user" | "group";
  one: { name: string; path: string };
  /** Most characters of its name. */
  longest: number;
  rename: (name: string, renaming: Renaming) => Promise<unknown>;
  /** The page of the one with that name. */
  at: (name: string) => string;
  onPath: () => void;
}

const NAME = /^[A-Za-z0-9_+=,.@-]+$/;
const PATH = /^\/([!-~]+\/)?$/;

/** Gives a user or a group another name or path; it stays the same one. */
export function Rename({ what, one, longest, rename, at, onPath }: Props) {
  const [, go] = useLocation();
  const [name, setName] = useState<string>();
  const [path, setPath] = useState("/");
  const change: Renaming = {
    ...(name !== undefined && name !== one.name && { name }),
    ...(path !== one.path && { path }),
  };
  const valid =
    name !== undefined && NAME.test(name) && name.length <= longest && PATH.test(path) && path.length <= 512;
  return (
    <>
      <Button
        onClick={() => {
          setName(one.name);
          setPath(one.path);
        }}
      >
        Rename
      </Button>
      {name !== undefined && (
        <Dialog
          title={`Rename ${what}`}
          action="Rename"
          ready={valid && Object.keys(change).length > 0}
          work={() => rename(one.name, change)}
          onClose={(done) => {
            setName(undefined);
            if (done) {
              notify({ type: "success", title: `The ${what} ${one.name} has another name or path` });
              if (name === one.name) {
                onPath();
              } else {
                go(at(name), { replace: true });
              }
            }
          }}
        >
          <p>
            It stays the same {what}, with all that it has. Its ARN changes: policies that name the one of before do not
            follow.
          </p>
          <FormField label="Name" constraintText={`1 to ${String(longest)} letters, digits and _+=,.@-`}>
            <Input value={name} spellcheck={false} autoFocus onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <FormField label="Path" constraintText="Begins and ends with /">
            <Input value={path} spellcheck={false} onChange={({ detail }) => setPath(detail.value)} />
          </FormField>
        </Dialog>
      )}
    </>
  );
}
