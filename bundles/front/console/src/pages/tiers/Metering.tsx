import Button from "@cloudscape-design/components/button";
import Box from "@cloudscape-design/components/box";
import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Container from "@cloudscape-design/components/container";
import { useCallback, useState } from "react";
import { useSearchParams } from "wouter";
import { listTotals, usageJson, usageTable, type Days, type UsageTotal } from "../../api/nodes";
import { notifyProblem } from "../../app/notices";
import { save } from "../../app/save";
import { useChanges } from "../../app/useChanges";
import { usePages } from "../../app/usePages";
import { PartTable } from "../../lists/PartTable";
import { daysOf, PERIODS, wantedOf, type Period } from "./days";
import { columnsOf, GROUPINGS, groupingOf, type Grouping } from "./totals";

const ROWS = 20;

/** How long nodes were online. What is asked for stands in the address, so it can be kept and sent to others. */
export function Metering() {
  const [search, setSearch] = useSearchParams();
  const by = groupingOf(search.get("by"));
  const {
    period,
    days: { from, to },
  } = wantedOf(search, Date.now());
  const pages = usePages<UsageTotal>(
    useCallback(
      (next, signal) => listTotals({ by, from, to, max: ROWS, ...(next !== undefined && { next }) }, signal),
      [by, from, to],
    ),
  );
  useChanges("nodes", pages.reload);
  const change = (next: Record<string, string | undefined>) =>
    setSearch((old) => {
      const changed = new URLSearchParams(old);
      for (const [name, value] of Object.entries(next)) {
        changed.delete(name);
        if (value !== undefined) {
          changed.set(name, value);
        }
      }
      return changed;
    });
  const choose = (value: Period) =>
    value === "days"
      ? change({ period: undefined, from, to })
      : change({ period: value, from: undefined, to: undefined });

  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Time in which nodes were connected, counted every ten seconds. Days begin at midnight UTC."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button iconName="refresh" ariaLabel="Refresh node-hours" onClick={pages.reload} />
              <Export text="Export CSV" name={`node-hours-${from}-${to}.csv`} get={usageTable} days={{ from, to }} />
              <Export text="Export JSON" name={`node-hours-${from}-${to}.json`} get={usageJson} days={{ from, to }} />
            </SpaceBetween>
          }
        >
          Node-hours
        </Header>
      }
    >
      <SpaceBetween size="m">
        <SpaceBetween direction="horizontal" size="m" alignItems="end">
          <FormField label="Period">
            <Select
              selectedOption={PERIODS.find((one) => one.value === period) ?? null}
              options={PERIODS}
              onChange={({ detail }) => choose(detail.selectedOption.value as Period)}
            />
          </FormField>
          {period === "days" && (
            <>
              <Day label="First day" value={from} onChange={(value) => change({ from: value, to })} />
              <Day label="Last day" value={to} onChange={(value) => change({ from, to: value })} />
            </>
          )}
          <SegmentedControl
            label="Add up by"
            selectedId={by}
            options={GROUPINGS.map(({ id, text }) => ({ id, text }))}
            onChange={({ detail }) => change({ by: detail.selectedId as Grouping })}
          />
        </SpaceBetween>
        <Box color="text-body-secondary">
          {from} to {to}
          {by === "tag" && "; time of a node with several tags is in each of theirs, and of one without tags in none"}
        </Box>
        <PartTable<UsageTotal>
          what="node-hours"
          pages={pages}
          id={(total) => `${total.name}=${total.value}`}
          columns={columnsOf(by)}
          empty={by === "tag" ? "No node with a tag was online in these days." : "No node was online in these days."}
          embedded
        />
      </SpaceBetween>
    </Container>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <FormField label={label}>
      <DatePicker
        value={value}
        locale="en-GB"
        format="iso"
        openCalendarAriaLabel={(chosen) => `${label}${chosen ? `, ${chosen}` : ""}`}
        isDateEnabled={(date) => date.getTime() <= new Date(`${daysOf("month", Date.now()).to}T23:59:59`).getTime()}
        onChange={({ detail }) => {
          if (detail.value) {
            onChange(detail.value);
          }
        }}
      />
    </FormField>
  );
}

interface ExportProps {
  text: string;
  name: string;
  get: (days: Days) => Promise<Blob>;
  days: Days;
}

/** All rows of the days as a file: one for each day, node, tier and set of tags. */
function Export({ text, name, get, days }: ExportProps) {
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      save(await get(days), name);
    } catch (thrown) {
      notifyProblem("Nothing was exported", thrown);
    }
    setBusy(false);
  };
  return (
    <Button iconName="download" loading={busy} onClick={() => void take()}>
      {text}
    </Button>
  );
}
