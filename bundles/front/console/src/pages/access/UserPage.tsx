import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback } from "react";
import { useSearchParams } from "wouter";
import { getUser, renameUser, type User } from "../../api/access";
import { ago, time } from "../../app/times";
import { AttachedPolicies } from "./AttachedPolicies";
import { BoundaryPart } from "./BoundaryPart";
import { EntityPage } from "./EntityPage";
import { eraseUser } from "./erase";
import { InlinePolicies } from "./InlinePolicies";
import { KeysPart } from "./KeysPart";
import { MembershipPart } from "./MembershipPart";
import { userAt } from "./places";
import { Rename } from "./Rename";
import { SignInPart } from "./SignInPart";
import { TagsPart } from "./TagsPart";
import { useOne } from "./useOne";

/** One user: what it may, and how it signs in. */
export default function UserPage() {
  const [search] = useSearchParams();
  const name = search.get("name") ?? "";
  const user = useOne<User>(useCallback((signal: AbortSignal) => getUser(name, signal), [name]));
  const owner = { kind: "users" as const, name };
  return (
    <EntityPage
      what="user"
      name={name}
      one={user}
      facts={(one) => [
        { label: "ARN", value: one.arn },
        { label: "User ID", value: one.id },
        { label: "Created", value: time(one.createdAt) },
        { label: "Path", value: one.path },
        {
          label: "Signed in with password",
          value: one.passwordUsedAt ? ago(one.passwordUsedAt) : <StatusIndicator type="stopped">Never</StatusIndicator>,
        },
      ]}
      actions={(one) => (
        <Rename what="user" one={one} longest={64} rename={renameUser} at={userAt} onPath={user.reload} />
      )}
      remove={{
        work: () => eraseUser(name),
        back: "/access/users",
        text: (
          <>
            Delete <b>{name}</b> with its access keys, its password, its memberships and its policies? Its sessions end
            within seconds. A new user of this name is another one and has nothing of this.
          </>
        ),
      }}
    >
      {(one) => (
        <>
          <AttachedPolicies {...owner} />
          <InlinePolicies {...owner} />
          <MembershipPart user={name} />
          <SignInPart user={name} />
          <KeysPart user={name} />
          <BoundaryPart owner={owner} boundary={one.boundary} onChanged={user.reload} />
          <TagsPart tagged={owner} tags={one.tags} onChanged={user.reload} />
        </>
      )}
    </EntityPage>
  );
}
