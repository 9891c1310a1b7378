package org.sallyport.front.aws.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.SecondFactors;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.Account;
import org.sallyport.api.iam.IamError;
import org.sallyport.front.aws.Input;
import org.sallyport.front.aws.Operation;
import org.sallyport.front.aws.OperationSet;
import org.sallyport.front.aws.Output;

/**
 * Second factors as IAM shows them: each that is on is a virtual MFA device with its user's name. People turn theirs on in the console; when that
 * was is not kept, so no device has its {@code EnableDate}.
 */
@Component
public final class DeviceOperations implements OperationSet {
    private static final String USER = "UserName";
    private static final String SERIAL = "SerialNumber";

    private final Account account;
    private final SecondFactors factors;

    @Activate
    public DeviceOperations(@Reference Account account, @Reference SecondFactors factors) {
        this.account = account;
        this.factors = factors;
    }

    private final Map<String, Operation> operations = Map.of(
            "iam.ListMFADevices", this::list,
            "iam.ListVirtualMFADevices", this::listVirtual,
            "iam.DeactivateMFADevice", this::deactivate,
            "iam.DeleteVirtualMFADevice", this::delete);

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    private Output list(Operation.Call call) {
        return Output.empty()
                .with(
                        "MFADevices",
                        account.devices(call.principal(), call.input().text(USER)),
                        device ->
                                Output.empty().with(USER, device.user().name()).with(SERIAL, device.serialNumber()))
                .with("IsTruncated", false);
    }

    /** All of them are assigned: one that is not on does not exist. */
    private Output listVirtual(Operation.Call call) {
        Input input = call.input();
        if (input.text("AssignmentStatus").filter("Unassigned"::equals).isPresent()) {
            account.allDevices(call.principal(), input.marked());
            return Output.empty()
                    .with("VirtualMFADevices", List.<Account.Device>of(), DeviceOperations::virtual)
                    .with("IsTruncated", false);
        }
        return IamAnswers.page(
                "VirtualMFADevices", account.allDevices(call.principal(), input.marked()), DeviceOperations::virtual);
    }

    private Output deactivate(Operation.Call call) {
        String user = call.input().required(USER);
        String serial = call.input().required(SERIAL);
        account.requireUser(call.principal(), "iam:DeactivateMFADevice", Optional.of(user));
        if (!serial.equals("arn:aws:iam::" + call.principal().accountId() + ":mfa/" + user)) {
            throw new SallyportException(
                    IamError.NO_SUCH_ENTITY, "VirtualMFADevice with serial number " + serial + " does not exist.");
        }
        factors.reset(call.principal(), user);
        return Output.empty();
    }

    private Output delete(Operation.Call call) {
        account.deleteDevice(call.principal(), call.input().required(SERIAL));
        return Output.empty();
    }

    private static Output virtual(Account.Device device) {
        return Output.empty().with(SERIAL, device.serialNumber()).with("User", IamAnswers.user(device.user()));
    }
}
