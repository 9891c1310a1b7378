import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, type ReactNode } from "react";
import { useSearchParams } from "wouter";
import type { Wanted } from "../../api/access";
import type { Part } from "../../api/calls";
import { Page } from "../../app/Page";
import { usePages } from "../../app/usePages";
import { TEXT, type FilterProperty } from "../../lists/filters";
import { ListTable, type Column } from "../../lists/ListTable";
import { usePreferences } from "../../lists/preferences";

const NONE: readonly FilterProperty[] = [];

interface Props<T extends { id: string; name: string }> {
  title: string;
  /** The title, small: `users`. */
  what: string;
  description: string;
  columns: readonly Column<T>[];
  /** A function that stays the same. */
  ask: (query: Wanted, search: URLSearchParams, signal: AbortSignal) => Promise<Part<T>>;
  properties?: readonly FilterProperty[];
  create: ReactNode;
  empty: string;
}

/** A list of users, groups, roles or policies, found by a part of their names. */
export function NamedList<T extends { id: string; name: string }>(props: Props<T>) {
  const { ask, columns, what } = props;
  const [search] = useSearchParams();
  const [preferences, change] = usePreferences(
    what,
    columns.map((column) => column.id),
    columns.filter((column) => column.hidden).map((column) => column.id),
  );
  const query = search.toString();
  const pages = usePages<T>(
    useCallback(
      (next: string | undefined, signal: AbortSignal) => {
        const wanted = new URLSearchParams(query);
        const text = wanted.getAll(TEXT).at(-1);
        return ask(
          { max: preferences.pageSize, ...(text && { text }), ...(next !== undefined && { next }) },
          wanted,
          signal,
        );
      },
      [ask, query, preferences.pageSize],
    ),
  );
  return (
    <Page title={props.title}>
      <ListTable<T>
        what={what}
        pages={pages}
        columns={columns}
        id={(one) => one.id}
        name={(one) => one.name}
        properties={props.properties ?? NONE}
        placeholder={`Find ${what} by a part of the name`}
        oneText
        preferences={preferences}
        onPreferences={change}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={props.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel="Refresh" onClick={pages.reload} />
                {props.create}
              </SpaceBetween>
            }
          >
            {props.title}
          </Header>
        }
        empty={{ title: `No ${what}`, text: props.empty }}
      />
    </Page>
  );
}
