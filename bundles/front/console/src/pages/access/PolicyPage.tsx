import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useCallback, useState } from "react";
import { useSearchParams } from "wouter";
import { createVersion, deletePolicy, getPolicy, getVersion, type Policy } from "../../api/access";
import { notify } from "../../app/notices";
import { ProblemAlert } from "../../app/ProblemAlert";
import { time } from "../../app/times";
import { Dialog } from "../../app/Dialog";
import { DocumentEditor } from "./DocumentEditor";
import { DocumentView } from "./DocumentView";
import { pretty } from "./documents";
import { EntityPage } from "./EntityPage";
import { PolicyUses } from "./PolicyUses";
import { PolicyVersions } from "./PolicyVersions";
import { TagsPart } from "./TagsPart";
import { useOne } from "./useOne";

/** One managed policy: its document, its versions, and who has it. */
export default function PolicyPage() {
  const [search] = useSearchParams();
  const arn = search.get("arn") ?? "";
  const policy = useOne<Policy>(useCallback((signal: AbortSignal) => getPolicy(arn, signal), [arn]));
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return (
    <EntityPage
      what="policy"
      name={name}
      one={policy}
      facts={(one) => [
        { label: "ARN", value: one.arn },
        { label: "Description", value: one.description || "-" },
        {
          label: "From",
          value: one.builtIn ? <Badge>Comes with the server, cannot be changed</Badge> : "This account",
        },
        { label: "Attached to", value: one.attachments },
        { label: "Boundary of", value: one.boundaries },
        { label: "Changed", value: one.builtIn ? "-" : time(one.updatedAt) },
      ]}
      remove={
        policy.value && !policy.value.builtIn
          ? {
              work: () => deletePolicy(arn),
              back: "/access/policies",
              text: (
                <>
                  Delete <b>{name}</b>? It must be attached to nothing and have one version only.
                </>
              ),
            }
          : undefined
      }
    >
      {(one) => (
        <>
          <Current policy={one} onChanged={policy.reload} />
          {!one.builtIn && <PolicyVersions key={one.updatedAt} policy={one} onChanged={policy.reload} />}
          <PolicyUses arn={arn} />
          {!one.builtIn && (
            <TagsPart tagged={{ kind: "policies", name: arn }} tags={one.tags} onChanged={policy.reload} />
          )}
        </>
      )}
    </EntityPage>
  );
}

/** The document that counts, and how it is replaced. */
function Current({ policy, onChanged }: { policy: Policy; onChanged: () => void }) {
  const { arn, defaultVersion } = policy;
  const document = useOne<string>(
    useCallback((signal: AbortSignal) => getVersion(arn, defaultVersion, signal), [arn, defaultVersion]),
  );
  const [draft, setDraft] = useState<string>();
  const [counts, setCounts] = useState(true);
  const { value, problem } = document;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`Version ${defaultVersion} is the one that counts.`}
          actions={
            !policy.builtIn && (
              <Button
                disabled={value === undefined}
                onClick={() => {
                  setCounts(true);
                  setDraft(pretty(value ?? ""));
                }}
              >
                Edit
              </Button>
            )
          }
        >
          Document
        </Header>
      }
    >
      {problem && <ProblemAlert problem={problem} onRetry={document.reload} />}
      {value !== undefined && <DocumentView label="Policy document" text={value} />}
      {draft !== undefined && (
        <Dialog
          title={`New version of ${policy.name}`}
          action="Save as new version"
          size="large"
          ready={draft.trim() !== ""}
          work={() => createVersion(arn, draft, counts)}
          onClose={(done) => {
            setDraft(undefined);
            if (done) {
              notify({
                type: "success",
                title: "Version saved",
                text: counts ? "It counts at once." : "It counts when it is made the default.",
              });
              onChanged();
            }
          }}
        >
          <DocumentEditor label="Policy document" kind="MANAGED" value={draft} onChange={setDraft} />
          <Checkbox
            checked={counts}
            description="Otherwise it only stands by until it is made the default version."
            onChange={({ detail }) => setCounts(detail.checked)}
          >
            This version counts from now on
          </Checkbox>
        </Dialog>
      )}
    </Container>
  );
}
