package org.sallyport.test.e2e;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Calls a client of AWS's SDK by the names that an operation and its members have in AWS's model. */
record SdkCalls(Object client, Class<?> service) {

    /** @throws AwsServiceException as the client throws it */
    SdkPojo call(String operation, Map<String, Object> members) {
        Method method = Arrays.stream(service.getMethods())
                .filter(one -> one.getName().equalsIgnoreCase(operation)
                        && one.getParameterCount() == 1
                        && AwsRequest.class.isAssignableFrom(one.getParameterTypes()[0]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("AWS's SDK has no operation " + operation));
        try {
            Object builder = method.getParameterTypes()[0].getMethod("builder").invoke(null);
            for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
                if (members.containsKey(field.memberName())) {
                    field.set(builder, members.get(field.memberName()));
                }
            }
            return (SdkPojo) method.invoke(client, ((SdkBuilder<?, ?>) builder).build());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new AssertionError(operation + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(operation + " cannot be called", e);
        }
    }

    /** The code of the refusal; {@code done} when it was not refused. */
    String outcome(String operation, Map<String, Object> members) {
        try {
            call(operation, members);
            return "done";
        } catch (AwsServiceException e) {
            return e.awsErrorDetails().errorCode();
        }
    }
}
