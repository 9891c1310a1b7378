import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Tags } from "../../api/access";
import { changeTags, type Tagged } from "../../api/owners";
import { notify } from "../../app/notices";
import { Dialog } from "../../app/Dialog";

interface Row {
  key: string;
  value: string;
}

/** The tags of a user, role or policy, which policies can ask for. */
export function TagsPart({ tagged, tags, onChanged }: { tagged: Tagged; tags: Tags; onChanged: () => void }) {
  const [rows, setRows] = useState<readonly Row[]>();
  const entries = Object.entries(tags);
  const set = (index: number, more: Partial<Row>) =>
    setRows((old) => old?.map((row, at) => (at === index ? { ...row, ...more } : row)));
  const keys = (rows ?? []).map((row) => row.key.trim());
  const ready = !keys.includes("") && new Set(keys.map((key) => key.toLowerCase())).size === keys.length;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Policies can ask for them, as for aws:PrincipalTag."
          actions={
            <Button onClick={() => setRows(entries.map(([key, value]) => ({ key, value })))}>Manage tags</Button>
          }
        >
          Tags
        </Header>
      }
    >
      {entries.length === 0 ? (
        <Box color="text-body-secondary">There are no tags.</Box>
      ) : (
        <SpaceBetween direction="horizontal" size="xs">
          {entries.map(([key, value]) => (
            <Badge key={key}>{value ? `${key}=${value}` : key}</Badge>
          ))}
        </SpaceBetween>
      )}
      {rows && (
        <Dialog
          title="Manage tags"
          action="Save"
          ready={ready}
          work={() =>
            changeTags(tagged, tags, Object.fromEntries(rows.map(({ key, value }) => [key.trim(), value.trim()])))
          }
          onClose={(done) => {
            setRows(undefined);
            if (done) {
              notify({ type: "success", title: "Tags changed" });
              onChanged();
            }
          }}
        >
          <AttributeEditor
            items={rows}
            addButtonText="Add tag"
            removeButtonText="Remove"
            empty="There are no tags."
            definition={[
              {
                label: "Key",
                control: (item, index) => (
                  <Input
                    ariaLabel={`Key of tag ${index + 1}`}
                    value={item.key}
                    onChange={({ detail }) => set(index, { key: detail.value })}
                  />
                ),
              },
              {
                label: "Value",
                control: (item, index) => (
                  <Input
                    ariaLabel={`Value of tag ${index + 1}`}
                    value={item.value}
                    onChange={({ detail }) => set(index, { value: detail.value })}
                  />
                ),
              },
            ]}
            onAddButtonClick={() => setRows([...rows, { key: "", value: "" }])}
            onRemoveButtonClick={({ detail }) => setRows(rows.filter((_, at) => at !== detail.itemIndex))}
          />
          {!ready && <Box color="text-status-error">Each tag needs a key, and each key may be there once.</Box>}
        </Dialog>
      )}
    </Container>
  );
}
