package org.sallyport.adapter.policy.iam.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.adapter.policy.iam.document.MalformedPolicyException;
import org.sallyport.adapter.policy.iam.document.Policy;
import org.sallyport.adapter.policy.iam.document.Statement;
import org.sallyport.spi.access.PolicyKind;

/** A look-up gives what may match and little else, however many statements there are. */
class ActionIndexTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:ssm:eu-central-1:123456789012:managed-instance/mi-%04d",
                "arn:aws:ssm:*:*:managed-instance/mi-%04d",
                "arn:aws:ssm:eu-*:123456789012:managed-instance/mi-%04d*",
                "arn:aws:ssm:*:*:managed-instance/mi-%04d-${aws:username}"
            })
    void findsTheStatementsOfOneResourceAmongThousands(String pattern) throws MalformedPolicyException {
        ActionIndex index = new ActionIndex();
        for (int i = 0; i < 2_000; i++) {
            index.add(statement("ssm:Start*", pattern.formatted(i)), i);
        }

        assertThat(find(
                        index,
                        "ssm:startsession",
                        "arn:aws:ssm:eu-central-1:123456789012:managed-instance/mi-1234-bob"))
                .containsOnly(1234);
    }

    @Test
    void findsTheStatementsOfOneActionAmongThousands() throws MalformedPolicyException {
        ActionIndex index = new ActionIndex();
        for (int i = 0; i < 2_000; i++) {
            index.add(statement("ssm:Action%04d%s".formatted(i, i % 2 == 0 ? "" : "*"), "*"), i);
        }
        index.add(statement("*", "*"), 2_000);

        assertThat(find(index, "ssm:action0100", "*")).containsExactlyInAnyOrder(100, 2_000);
        assertThat(find(index, "ssm:action0101more", "*")).containsExactlyInAnyOrder(101, 2_000);
    }

    @Test
    void staysSmallForDocumentsOfManyActionsAndResources() throws MalformedPolicyException {
        StringBuilder actions = new StringBuilder("\"ssm:A\"");
        StringBuilder resources = new StringBuilder("\"arn:aws:x:::0\"");
        for (int i = 1; i < 100; i++) {
            actions.append(",\"ssm:A").append(i).append('"');
            resources.append(",\"arn:aws:x:::").append(i).append('"');
        }
        ActionIndex index = new ActionIndex();
        index.add(
                parse("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[" + actions + "],\"Resource\":[" + resources
                        + "]}}"),
                7);

        assertThat(find(index, "ssm:a99", "arn:aws:x:::99")).containsExactly(7);
        assertThat(find(index, "ssm:a99", "something else"))
                .as("entered by its actions alone")
                .containsExactly(7);
        assertThat(find(index, "ssm:a100", "arn:aws:x:::99")).isEmpty();
    }

    private static List<Integer> find(ActionIndex index, String action, String resource) {
        List<Integer> all = new ArrayList<>();
        index.find(action, resource, numbers -> {
            for (int i = 0; i < numbers.size(); i++) {
                all.add(numbers.get(i));
            }
        });
        return all;
    }

    private static Statement statement(String action, String resource) throws MalformedPolicyException {
        return parse(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}}"
                        .formatted(action, resource));
    }

    private static Statement parse(String document) throws MalformedPolicyException {
        return Policy.parse(PolicyKind.INPUT, document).statements().get(0);
    }
}
