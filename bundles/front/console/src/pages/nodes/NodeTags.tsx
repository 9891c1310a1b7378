import Button from "@cloudscape-design/components/button";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TagEditor, { type TagEditorProps } from "@cloudscape-design/components/tag-editor";
import { useState } from "react";
import type { ManagedNode } from "../../api/calls";
import { changeTags } from "../../api/nodes";
import { asProblem, type Problem } from "../../api/problem";
import { nodeName } from "../../app/names";
import { notify } from "../../app/notices";
import { ProblemAlert } from "../../app/ProblemAlert";
import { Tags } from "./columns";
import { changeOf, changesNothing, editable } from "./tags";

interface Props {
  node: ManagedNode;
  onChange: () => void;
}

/** The tags of a node, and their editor. */
export function NodeTags({ node, onChange }: Props) {
  const [editing, setEditing] = useState(false);
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${Object.keys(node.tags).length})`}
          description="Policies can name them, and lists and node-hours can be sorted out by them."
          actions={
            !editing && (
              <Button disabled={node.state === "LEAVING"} onClick={() => setEditing(true)}>
                Edit tags
              </Button>
            )
          }
        >
          Tags
        </Header>
      }
    >
      {editing ? (
        <Editor
          node={node}
          onClose={(changed) => {
            setEditing(false);
            if (changed) {
              onChange();
            }
          }}
        />
      ) : Object.keys(node.tags).length > 0 ? (
        <Tags tags={node.tags} />
      ) : (
        <Box color="text-body-secondary">The node has no tags.</Box>
      )}
    </Container>
  );
}

function Editor({ node, onClose }: { node: ManagedNode; onClose: (changed: boolean) => void }) {
  // as they were when editing began: what others change meanwhile is not undone
  const [before] = useState(() => editable(node.tags));
  const [tags, setTags] = useState<readonly TagEditorProps.Tag[]>(before);
  const [valid, setValid] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const save = async () => {
    const change = changeOf(before, tags);
    if (changesNothing(change)) {
      onClose(false);
      return;
    }
    setBusy(true);
    try {
      await changeTags(node.id, change);
      notify({ type: "success", title: `The tags of ${nodeName(node)} are changed` });
      onClose(true);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };
  return (
    <SpaceBetween size="m">
      <TagEditor
        tags={tags}
        onChange={({ detail }) => {
          setTags(detail.tags);
          setValid(detail.valid);
        }}
      />
      {problem && <ProblemAlert problem={problem} />}
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="primary" loading={busy} disabled={!valid} onClick={() => void save()}>
          Save tags
        </Button>
        <Button variant="link" onClick={() => onClose(false)}>
          Cancel
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
