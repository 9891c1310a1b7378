import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import type { Inline, Wanted } from "../../api/access";
import { deleteInline, getInline, inlineKind, inlineOf, putInline, type Owner } from "../../api/owners";
import { Confirm } from "../../app/Confirm";
import { notify, notifyProblem } from "../../app/notices";
import type { Column } from "../../lists/ListTable";
import { Dialog } from "../../app/Dialog";
import { DocumentEditor } from "./DocumentEditor";
import { pretty, templates } from "./documents";
import { PartTable } from "./PartTable";
import { TemplateChoice } from "./TemplateChoice";
import { useList } from "./useList";

interface Draft {
  isNew: boolean;
  name: string;
  document: string;
}

const NAME = /^[A-Za-z0-9_+=,.@-]{1,128}$/;

/** The policies that belong to one user, group or role alone. */
export function InlinePolicies({ kind, name }: Owner) {
  const pages = useList<Inline>(
    useCallback((query: Wanted, signal: AbortSignal) => inlineOf({ kind, name }, query, signal), [kind, name]),
  );
  const [draft, setDraft] = useState<Draft>();
  const [deleting, setDeleting] = useState<string>();
  const edit = (policy: string) =>
    getInline({ kind, name }, policy).then(
      (document) => setDraft({ isNew: false, name: policy, document: pretty(document) }),
      (thrown: unknown) => notifyProblem(`${policy} cannot be opened`, thrown),
    );
  const columns: readonly Column<Inline>[] = [
    { id: "name", header: "Policy", cell: (one) => one.name, rowHeader: true },
    {
      id: "action",
      header: "Actions",
      cell: (one) => (
        <SpaceBetween direction="horizontal" size="s">
          <Button variant="inline-link" ariaLabel={`Edit ${one.name}`} onClick={() => void edit(one.name)}>
            Edit
          </Button>
          <Button variant="inline-link" ariaLabel={`Delete ${one.name}`} onClick={() => setDeleting(one.name)}>
            Delete
          </Button>
        </SpaceBetween>
      ),
    },
  ];
  return (
    <>
      <PartTable
        title="Inline policies"
        description="Policies that nothing else has; they go with it."
        pages={pages}
        columns={columns}
        id={(one) => one.name}
        empty="There is no inline policy."
        actions={
          <Button onClick={() => setDraft({ isNew: true, name: "", document: templates[0]?.document ?? "" })}>
            Create inline policy
          </Button>
        }
      />
      {draft && (
        <Dialog
          title={draft.isNew ? "Create inline policy" : `Edit ${draft.name}`}
          action="Save"
          size="large"
          ready={NAME.test(draft.name) && draft.document.trim() !== ""}
          work={() => putInline({ kind, name }, draft.name, draft.document)}
          onClose={(done) => {
            setDraft(undefined);
            if (done) {
              notify({ type: "success", title: "Policy saved", text: `${draft.name} of ${name} counts at once.` });
              pages.reload();
            }
          }}
        >
          {draft.isNew && (
            <FormField label="Name" constraintText="Letters, digits and _+=,.@-">
              <Input
                value={draft.name}
                spellcheck={false}
                onChange={({ detail }) => setDraft({ ...draft, name: detail.value })}
              />
            </FormField>
          )}
          {draft.isNew && (
            <TemplateChoice templates={templates} onChoose={(document) => setDraft({ ...draft, document })} />
          )}
          <DocumentEditor
            label="Policy document"
            kind={inlineKind[kind]}
            value={draft.document}
            onChange={(document) => setDraft({ ...draft, document })}
          />
        </Dialog>
      )}
      {deleting !== undefined && (
        <Confirm
          title="Delete inline policy"
          action="Delete"
          work={() => deleteInline({ kind, name }, deleting)}
          onClose={(done) => {
            setDeleting(undefined);
            if (done) {
              notify({ type: "success", title: "Policy deleted", text: `${name} lost ${deleting}.` });
              pages.reload();
            }
          }}
        >
          Delete <b>{deleting}</b> of <b>{name}</b>? What it allowed is over at once: sessions that nothing else allows
          end within seconds.
        </Confirm>
      )}
    </>
  );
}
