package org.sallyport.front.aws.iam;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.iam.Account;
import org.sallyport.api.iam.Account.Detail;
import org.sallyport.api.iam.Account.GroupDetail;
import org.sallyport.api.iam.Account.Part;
import org.sallyport.api.iam.Account.PolicyDetail;
import org.sallyport.api.iam.Account.RoleDetail;
import org.sallyport.api.iam.Account.UserDetail;
import org.sallyport.api.page.Page;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/** The account as a whole. */
@Component
public final class AccountOperations implements OperationSet {
    private final Account account;

    @Activate
    public AccountOperations(@Reference Account account) {
        this.account = account;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.GetAccountSummary", this::summary,
            "iam.GetAccountAuthorizationDetails", this::details);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output summary(Operation.Call call) {
        return Output.empty().withMap("SummaryMap", account.summary(call.principal()));
    }

    private Output details(Operation.Call call) {
        List<String> filter = call.input().texts("Filter");
        Set<Part> parts = EnumSet.noneOf(Part.class);
        filter.forEach(name -> parts.add(part(name)));
        Page<Detail> page = account.details(
                call.principal(),
                filter.isEmpty() ? EnumSet.allOf(Part.class) : parts,
                call.input().marked());
        Output output = Output.empty()
                .with("UserDetailList", of(UserDetail.class, page), DetailAnswers::user)
                .with("GroupDetailList", of(GroupDetail.class, page), DetailAnswers::group)
                .with("RoleDetailList", of(RoleDetail.class, page), DetailAnswers::role)
                .with("Policies", of(PolicyDetail.class, page), DetailAnswers::policy);
        return IamAnswers.rest(output, page);
    }

    private static <T extends Detail> List<T> of(Class<T> type, Page<Detail> page) {
        return page.items().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Part part(String filter) {
        return switch (filter) {
            case "User" -> Part.USERS;
            case "Group" -> Part.GROUPS;
            case "Role" -> Part.ROLES;
            case "LocalManagedPolicy" -> Part.LOCAL_POLICIES;
            case "AWSManagedPolicy" -> Part.AWS_POLICIES;
            default -> throw new IllegalStateException("The model lets no other filter through: " + filter);
        };
    }
}
