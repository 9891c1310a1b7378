import Box from "@cloudscape-design/components/box";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useMemo, type ReactNode } from "react";
import { ProblemAlert } from "../app/ProblemAlert";
import type { Pages } from "../app/usePages";
import type { Column } from "./ListTable";

interface Props<T> {
  /** What the list holds, in the plural and small. */
  what: string;
  pages: Pages<T>;
  columns: readonly Column<T>[];
  id: (item: T) => string;
  header?: ReactNode;
  empty: string;
  /** Whether it stands in a container already. */
  embedded?: boolean;
}

/** A list that is a part of a page: pages of the server's, and neither filter nor preferences. */
export function PartTable<T>({ what, pages, columns, id, header, empty, embedded }: Props<T>) {
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        cell: column.cell,
        isRowHeader: column.rowHeader === true,
        minWidth: column.minWidth ?? 120,
      })),
    [columns],
  );
  const more = pages.page < pages.count - 1;
  return (
    <SpaceBetween size="m">
      {pages.problem && <ProblemAlert problem={pages.problem} onRetry={pages.reload} />}
      <Table<T>
        variant={embedded ? "embedded" : "container"}
        enableKeyboardNavigation
        wrapLines
        items={pages.items}
        loading={pages.loading && pages.items.length === 0}
        loadingText={`Loading ${what}`}
        trackBy={id}
        columnDefinitions={definitions}
        ariaLabels={{ tableLabel: what }}
        header={header}
        pagination={
          pages.count > 1 && (
            <Pagination
              currentPageIndex={pages.page + 1}
              pagesCount={pages.count}
              openEnd={pages.page === pages.count - 2}
              onChange={({ detail }) => pages.show(detail.currentPageIndex - 1)}
            />
          )
        }
        empty={
          <Box textAlign="center" color="inherit">
            {pages.problem
              ? "The list could not be read; see above."
              : more
                ? "Nothing on this page; there is a next one."
                : empty}
          </Box>
        }
      />
    </SpaceBetween>
  );
}
