import Box from "@cloudscape-design/components/box";
import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import Pagination from "@cloudscape-design/components/pagination";
import PropertyFilter from "@cloudscape-design/components/property-filter";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import type { Pages } from "../app/usePages";
import { ProblemAlert } from "../app/ProblemAlert";
import { filtered, lastText, searchOf, tokensOf, type FilterProperty } from "./filters";
import { PAGE_SIZES, type ListPreferences } from "./preferences";

/** A column; `header` is text, so that the preferences can name it. */
export interface Column<T> {
  id: string;
  header: string;
  cell: (item: T) => ReactNode;
  minWidth?: number;
  /** Shown only when the person asks for it. */
  hidden?: boolean;
  rowHeader?: boolean;
}

/** Puts what can be done with a row beside its name, where it is seen on a narrow screen as well. */
export const withSecond = <T,>(columns: readonly Column<T>[], second: Column<T>): readonly Column<T>[] => [
  ...columns.slice(0, 1),
  second,
  ...columns.slice(1),
];

interface Props<T> {
  /** What the list holds, in the plural and small: `managed nodes`. */
  what: string;
  pages: Pages<T>;
  columns: readonly Column<T>[];
  id: (item: T) => string;
  /** The name that a screen reader says for a row. */
  name: (item: T) => string;
  properties: readonly FilterProperty[];
  placeholder: string;
  freeText?: boolean;
  /** Whether the server takes one free text alone; a new one then replaces the one before. */
  oneText?: boolean;
  /** Beside the filter. */
  control?: ReactNode;
  preferences: ListPreferences;
  onPreferences: (next: Partial<ListPreferences>) => void;
  header: ReactNode;
  empty: { title: string; text: string; action?: ReactNode };
  selected?: readonly T[];
  onSelect?: (selected: readonly T[]) => void;
  disabled?: (item: T) => boolean;
  /** Whether it is a part of a page and not all of it. */
  embedded?: boolean;
}

/** A list of the server's, with filter, pages and preferences. The filter stands in the address, so it can be kept and sent to others. */
export function ListTable<T>(props: Props<T>) {
  const { pages, properties, preferences } = props;
  const [search, setSearch] = useSearchParams();
  const query = { tokens: tokensOf(search, properties), operation: "and" as const };
  const definitions = useMemo(() => props.columns.map(definition<T>), [props.columns]);

  return (
    <SpaceBetween size="m">
      {pages.problem && <ProblemAlert problem={pages.problem} onRetry={pages.reload} />}
      <Table<T>
        variant={props.embedded ? "container" : "full-page"}
        stickyHeader={!props.embedded}
        resizableColumns
        enableKeyboardNavigation
        items={pages.items}
        loading={pages.loading && pages.items.length === 0}
        loadingText={`Loading ${props.what}`}
        trackBy={props.id}
        columnDefinitions={definitions}
        columnDisplay={preferences.columns.map((id) => ({ id, visible: true }))}
        wrapLines={preferences.wrapLines}
        stripedRows={preferences.stripedRows}
        {...(props.onSelect && {
          selectionType: "single" as const,
          selectedItems: props.selected ?? [],
          isItemDisabled: props.disabled ?? (() => false),
          onSelectionChange: ({ detail }: { detail: TableProps.SelectionChangeDetail<T> }) =>
            props.onSelect?.(detail.selectedItems),
        })}
        ariaLabels={{
          tableLabel: props.what,
          selectionGroupLabel: `Choose one of the ${props.what}`,
          itemSelectionLabel: (_, item) => `Choose ${props.name(item)}`,
        }}
        header={props.header}
        filter={
          <PropertyFilter
            query={query}
            hideOperations
            disableFreeTextFiltering={props.freeText === false}
            freeTextFiltering={{ operators: [":"], defaultOperator: ":" }}
            filteringAriaLabel={`Filter ${props.what}`}
            filteringPlaceholder={props.placeholder}
            customControl={props.control}
            filteringProperties={properties.map((property) => ({
              key: property.key,
              propertyLabel: property.label,
              groupValuesLabel: property.group,
              operators: property.any ? [{ operator: "=", tokenType: "enum" }] : ["="],
            }))}
            filteringOptions={properties.flatMap((property) =>
              (property.values ?? []).map((option) => ({ propertyKey: property.key, ...option })),
            )}
            onChange={({ detail }) =>
              setSearch(searchOf(props.oneText ? lastText(detail.tokens) : detail.tokens, properties, search))
            }
          />
        }
        pagination={
          <Pagination
            currentPageIndex={pages.page + 1}
            pagesCount={pages.count}
            openEnd={pages.page === pages.count - 2}
            onChange={({ detail }) => pages.show(detail.currentPageIndex - 1)}
          />
        }
        preferences={
          <CollectionPreferences
            title="Preferences"
            confirmLabel="Confirm"
            cancelLabel="Cancel"
            preferences={{
              pageSize: preferences.pageSize,
              wrapLines: preferences.wrapLines,
              stripedRows: preferences.stripedRows,
              contentDisplay: displayOf(props.columns, preferences.columns),
            }}
            pageSizePreference={{
              title: "Rows on a page",
              options: PAGE_SIZES.map((value) => ({ value, label: `${value} ${props.what}` })),
            }}
            wrapLinesPreference={{ label: "Wrap lines", description: "Show all of a text, in several lines" }}
            stripedRowsPreference={{ label: "Striped rows", description: "Shade every other row" }}
            contentDisplayPreference={{
              title: "Columns",
              description: "Choose columns and their order.",
              options: props.columns.map((column) => ({
                id: column.id,
                label: column.header,
                alwaysVisible: column.rowHeader === true,
              })),
            }}
            onConfirm={({ detail }) =>
              props.onPreferences({
                pageSize: detail.pageSize ?? preferences.pageSize,
                wrapLines: detail.wrapLines ?? false,
                stripedRows: detail.stripedRows ?? false,
                columns: (detail.contentDisplay ?? []).filter((one) => one.visible).map((one) => one.id),
              })
            }
          />
        }
        empty={
          filtered(search, properties) ? (
            <Empty
              title="No matches"
              text={`None of the ${props.what} fits the filter.`}
              action={<Button onClick={() => setSearch(searchOf([], properties, search))}>Clear the filter</Button>}
            />
          ) : pages.problem ? (
            <Empty title="Nothing to show" text="The list could not be read; see above." />
          ) : (
            <Empty {...props.empty} />
          )
        }
      />
    </SpaceBetween>
  );
}

function Empty({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <Box textAlign="center" color="inherit" margin={{ vertical: "xs" }}>
      <SpaceBetween size="s">
        <div>
          <b>{title}</b>
          <Box variant="p" color="inherit">
            {text}
          </Box>
        </div>
        {action}
      </SpaceBetween>
    </Box>
  );
}

const definition = <T,>(column: Column<T>): TableProps.ColumnDefinition<T> => ({
  id: column.id,
  header: column.header,
  cell: column.cell,
  isRowHeader: column.rowHeader === true,
  minWidth: column.minWidth ?? 120,
});

const displayOf = <T,>(columns: readonly Column<T>[], shown: readonly string[]) => [
  ...shown.map((id) => ({ id, visible: true })),
  ...columns.filter((column) => !shown.includes(column.id)).map((column) => ({ id: column.id, visible: false })),
];
