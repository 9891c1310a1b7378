import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useEffect, useState, type FormEvent } from "react";
import { useLocation, useSearchParams } from "wouter";
import { listDenials, type DenialBrief, type Wanted } from "../../api/access";
import { Page } from "../../app/Page";
import { referenceIn } from "../../app/references";
import { time } from "../../app/times";
import type { Column } from "../../lists/ListTable";
import { DenialView } from "./DenialView";
import { PartTable } from "./PartTable";
import { denialAt } from "./places";
import { To } from "./To";
import { useList } from "./useList";

const columns: readonly Column<DenialBrief>[] = [
  {
    id: "reference",
    header: "Reference",
    cell: (one) => <To page={denialAt(one.reference)}>{one.reference}</To>,
    rowHeader: true,
    minWidth: 220,
  },
  { id: "at", header: "When", cell: (one) => time(one.at), minWidth: 180 },
  { id: "who", header: "Who", cell: (one) => one.principal.slice(one.principal.indexOf("/") + 1), minWidth: 120 },
  { id: "action", header: "Wanted", cell: (one) => one.action, minWidth: 180 },
  { id: "resource", header: "On", cell: (one) => one.resource, minWidth: 200 },
];

/** Why somebody was denied: by the reference that the person was told, or one of the last. */
export default function Denials() {
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const reference = search.get("reference") ?? "";
  const [text, setText] = useState(reference);
  useEffect(() => setText(reference), [reference]);
  const [tried, setTried] = useState(false);
  const pages = useList<DenialBrief>(
    useCallback((query: Wanted, signal: AbortSignal) => listDenials(query, signal), []),
  );
  const found = referenceIn(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (found) {
      go(denialAt(found));
    }
  };
  return (
    <Page title="Denials">
      <ContentLayout
        header={
          <Header
            variant="h1"
            description="Who is denied is told a reference and no reason. Here is the reason."
            actions={<Button iconName="refresh" ariaLabel="Refresh" onClick={pages.reload} />}
          >
            Denials
          </Header>
        }
      >
        <SpaceBetween size="l">
          <Container>
            <form onSubmit={submit}>
              <SpaceBetween size="s">
                <FormField
                  label="Why was this denied?"
                  description="Paste the reference, or the whole text that the person saw."
                  errorText={tried && text !== "" && !found && "There is no reference in it: 20 letters and digits."}
                  stretch
                >
                  <Input
                    value={text}
                    spellcheck={false}
                    placeholder="User: ... is not authorized to perform ... (reference ...)"
                    onChange={({ detail }) => setText(detail.value)}
                  />
                </FormField>
                <Button formAction="submit" variant="primary">
                  Show why
                </Button>
              </SpaceBetween>
            </form>
          </Container>
          {reference !== "" && <DenialView reference={reference} />}
          <PartTable
            title="Last denials"
            description="The newest 10,000 are kept, for 14 days."
            pages={pages}
            columns={columns}
            id={(one) => one.reference}
            empty="Nobody was denied anything."
          />
          <Box color="text-body-secondary">The same denial again within a minute has the same reference.</Box>
        </SpaceBetween>
      </ContentLayout>
    </Page>
  );
}
