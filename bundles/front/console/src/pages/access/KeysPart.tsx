import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useState } from "react";
import {
  activateKey,
  createKey,
  deleteKey,
  keyUse,
  listKeys,
  type AccessKey,
  type KeyUse,
  type MadeKey,
  type Wanted,
} from "../../api/access";
import { Confirm } from "../../app/Confirm";
import { Lines } from "../../app/Lines";
import { notify, notifyProblem } from "../../app/notices";
import { ago, time } from "../../app/times";
import type { Column } from "../../lists/ListTable";
import { PartTable } from "./PartTable";
import { useList } from "./useList";
import { useOne } from "./useOne";

/** What a user's programs sign requests with. */
export function KeysPart({ user }: { user: string }) {
  const pages = useList<AccessKey>(
    useCallback((query: Wanted, signal: AbortSignal) => listKeys(user, query, signal), [user]),
  );
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<MadeKey>();
  const [changing, setChanging] = useState<{ key: AccessKey; act: "delete" | "deactivate" }>();
  const create = async () => {
    setBusy(true);
    try {
      setMade(await createKey(user));
      pages.reload();
    } catch (thrown) {
      notifyProblem("No access key was made", thrown);
    }
    setBusy(false);
  };
  const activate = (key: AccessKey) =>
    activateKey(user, key.accessKeyId, true).then(pages.reload, (thrown: unknown) =>
      notifyProblem("The access key is not active", thrown),
    );
  const columns: readonly Column<AccessKey>[] = [
    { id: "key", header: "Access key ID", cell: (one) => one.accessKeyId, rowHeader: true, minWidth: 210 },
    {
      id: "status",
      header: "Status",
      cell: (one) => (
        <StatusIndicator type={one.active ? "success" : "stopped"}>
          {one.active ? "Active" : "Inactive"}
        </StatusIndicator>
      ),
    },
    {
      id: "used",
      header: "Last used",
      cell: (one) => <LastUse user={user} accessKeyId={one.accessKeyId} />,
      minWidth: 160,
    },
    { id: "created", header: "Created", cell: (one) => time(one.createdAt), minWidth: 160 },
    {
      id: "action",
      header: "Actions",
      minWidth: 180,
      cell: (one) => (
        <SpaceBetween direction="horizontal" size="s">
          <Button
            variant="inline-link"
            ariaLabel={`${one.active ? "Deactivate" : "Activate"} ${one.accessKeyId}`}
            onClick={() => (one.active ? setChanging({ key: one, act: "deactivate" }) : void activate(one))}
          >
            {one.active ? "Deactivate" : "Activate"}
          </Button>
          <Button
            variant="inline-link"
            ariaLabel={`Delete ${one.accessKeyId}`}
            onClick={() => setChanging({ key: one, act: "delete" })}
          >
            Delete
          </Button>
        </SpaceBetween>
      ),
    },
  ];
  return (
    <>
      <PartTable
        title="Access keys"
        description="For the AWS CLI, SDKs and other programs; two at most."
        pages={pages}
        columns={columns}
        id={(one) => one.accessKeyId}
        empty="There is no access key."
        actions={
          <Button loading={busy} onClick={() => void create()}>
            Create access key
          </Button>
        }
      />
      {made && (
        <Modal
          visible
          header="Access key created"
          closeAriaLabel="Close"
          onDismiss={() => setMade(undefined)}
          footer={
            <Box float="right">
              <Button variant="primary" onClick={() => setMade(undefined)}>
                Done
              </Button>
            </Box>
          }
        >
          <SpaceBetween size="m">
            <Alert type="warning">
              The secret is shown only now. If it is lost, delete the key and create another.
            </Alert>
            <div>
              <Box variant="awsui-key-label">Access key ID</Box>
              <Lines label="access key ID" text={made.accessKeyId} />
            </div>
            <div>
              <Box variant="awsui-key-label">Secret access key</Box>
              <Lines label="secret access key" text={made.secretAccessKey} />
            </div>
          </SpaceBetween>
        </Modal>
      )}
      {changing && (
        <Confirm
          title={changing.act === "delete" ? "Delete access key" : "Deactivate access key"}
          action={changing.act === "delete" ? "Delete" : "Deactivate"}
          work={() =>
            changing.act === "delete"
              ? deleteKey(user, changing.key.accessKeyId)
              : activateKey(user, changing.key.accessKeyId, false)
          }
          onClose={(done) => {
            setChanging(undefined);
            if (done) {
              notify({
                type: "success",
                title: changing.act === "delete" ? "Access key deleted" : "Access key deactivated",
                text: changing.key.accessKeyId,
              });
              pages.reload();
            }
          }}
        >
          {changing.act === "delete" ? "Delete" : "Deactivate"} <b>{changing.key.accessKeyId}</b>? What it signs is
          refused at once.{changing.act === "delete" && " This cannot be taken back."}
        </Confirm>
      )}
    </>
  );
}

function LastUse({ user, accessKeyId }: { user: string; accessKeyId: string }) {
  const { value, problem } = useOne<KeyUse>(
    useCallback((signal: AbortSignal) => keyUse(user, accessKeyId, signal), [user, accessKeyId]),
  );
  if (problem) {
    return <>-</>;
  }
  return <>{value === undefined ? "..." : value.usedAt ? `${ago(value.usedAt)} (${value.service})` : "never"}</>;
}
