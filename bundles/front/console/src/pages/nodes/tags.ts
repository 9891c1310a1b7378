import type { TagEditorProps } from "@cloudscape-design/components/tag-editor";
import type { ManagedNode } from "../../api/calls";

/** What is to be set and removed. */
export interface TagChange {
  set: Record<string, string>;
  remove: string[];
}

/** Tags as the editor takes them. */
export const editable = (tags: ManagedNode["tags"]): TagEditorProps.Tag[] =>
  Object.entries(tags)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => ({ key, value, existing: true }));

/** What the person changed. A tag whose value is another is set and not removed first: between the two a policy would see a node without it. */
export function changeOf(before: readonly TagEditorProps.Tag[], now: readonly TagEditorProps.Tag[]): TagChange {
  const old = new Map(before.map((tag) => [tag.key, tag.value]));
  const kept = now.filter((tag) => !tag.markedForRemoval);
  const keys = new Set(kept.map((tag) => tag.key));
  return {
    set: Object.fromEntries(
      kept.filter((tag) => old.get(tag.key) !== (tag.value ?? "")).map((tag) => [tag.key, tag.value ?? ""]),
    ),
    remove: [...old.keys()].filter((key) => !keys.has(key)),
  };
}

export const changesNothing = (change: TagChange): boolean =>
  Object.keys(change.set).length === 0 && change.remove.length === 0;
