import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { ProblemAlert } from "../../app/ProblemAlert";
import type { Pages } from "../../app/usePages";
import type { Column } from "../../lists/ListTable";

interface Props<T> {
  title: string;
  description?: string;
  pages: Pages<T>;
  columns: readonly Column<T>[];
  id: (item: T) => string;
  empty: string;
  actions?: ReactNode;
}

/** A list that is a part of a page: what a user, group, role or policy has. */
export function PartTable<T>({ title, description, pages, columns, id, empty, actions }: Props<T>) {
  return (
    <Table<T>
      variant="container"
      wrapLines
      items={pages.items}
      loading={pages.loading && pages.items.length === 0}
      loadingText="Loading"
      trackBy={id}
      ariaLabels={{ tableLabel: title }}
      columnDefinitions={columns.map((column) => ({
        id: column.id,
        header: column.header,
        cell: column.cell,
        isRowHeader: column.rowHeader === true,
        minWidth: column.minWidth ?? 110,
      }))}
      header={
        <SpaceBetween size="s">
          <Header variant="h2" description={description} actions={actions}>
            {title}
          </Header>
          {pages.problem && <ProblemAlert problem={pages.problem} onRetry={pages.reload} />}
        </SpaceBetween>
      }
      {...(pages.count > 1 && {
        pagination: (
          <Pagination
            currentPageIndex={pages.page + 1}
            pagesCount={pages.count}
            openEnd={pages.page === pages.count - 2}
            ariaLabels={{
              paginationLabel: `Pages of ${title}`,
              nextPageLabel: "Next page",
              previousPageLabel: "Previous page",
            }}
            onChange={({ detail }) => pages.show(detail.currentPageIndex - 1)}
          />
        ),
      })}
      empty={
        <Box textAlign="center" color="inherit">
          {pages.problem ? "The list could not be read." : empty}
        </Box>
      }
    />
  );
}
