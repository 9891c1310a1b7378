package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;

class CeilingsTest {
    private static final String OWN = "mi-0123456789abcdef0";

    @ParameterizedTest
    @CsvSource({
        "ssm:UpdateInstanceInformation,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef0,true",
        "ssm:UpdateInstanceInformation,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef1,false",
        "ssm:UpdateInstanceInformation,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef0/x,false",
        "ssm:UpdateInstanceInformation,arn:aws:ssm:r:1:managed-instance/*,false",
        "ssm:UpdateInstanceInformation,arn:aws:ec2:r:1:instance/mi-0123456789abcdef1,false",
        "SSM:updateinstanceinformation,*,true",
        "ssm:ListInstanceAssociations,*,true",
        "ssmmessages:CreateControlChannel,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef0,true",
        "ssmmessages:CreateControlChannel,arn:aws:ssmmessages:r:1:control-channel/mi-0123456789abcdef1,false",
        "ssmmessages:OpenControlChannel,*,true",
        "ssmmessages:CreateDataChannel,arn:aws:ssm:r:1:session/bob-0123,true",
        "ssmmessages:OpenDataChannel,*,true",
        "ssmmessages:CreateDataChannel,arn:aws:ssm:r:1:document/X,false",
        "ssmmessages:CreateDataChannel,mi-0123456789abcdef0,false",
        "ec2messages:GetMessages,*,true",
        "sts:GetCallerIdentity,*,true",
        "ssm:StartSession,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef0,false",
        "ssm:TerminateSession,*,false",
        "ssm:RequestManagedInstanceRoleToken,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef0,false",
        "iam:CreateUser,*,false"
    })
    void keepANodeToItsOwnOperationsAndItself(String action, String resource, boolean permitted) {
        assertThat(Ceilings.permit(request(PrincipalType.NODE, action, resource), false, Set.of()))
                .isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource({
        "ssm:RequestManagedInstanceRoleToken,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef0,true",
        "ssm:UpdateManagedInstancePublicKey,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef0,true",
        "ssm:UpdateManagedInstancePublicKey,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef1,false",
        "ssm:RequestManagedInstanceRoleToken,*,false",
        "ssm:UpdateInstanceInformation,arn:aws:ssm:r:1:managed-instance/mi-0123456789abcdef0,false",
        "sts:GetCallerIdentity,*,false"
    })
    void keepANodesKeyToItsTwoOperationsOnItself(String action, String resource, boolean permitted) {
        assertThat(Ceilings.permit(request(PrincipalType.NODE_KEY, action, resource), false, Set.of()))
                .isEqualTo(permitted);
    }

    @Test
    void letsNodesOfALiftedRoleDoWhatItsPoliciesAllow() {
        Principal node = new Principal("1", PrincipalType.NODE, "id", OWN, "arn:aws:sts::1:assumed-role/Backup/" + OWN);
        AccessRequest request = new AccessRequest(node, "ssm:StartSession", "*");

        assertThat(Ceilings.permit(request, false, Set.of("Backup"))).isTrue();
        assertThat(Ceilings.permit(request, false, Set.of("Back", "Backup/" + OWN, "")))
                .isFalse();
    }

    private static AccessRequest request(PrincipalType type, String action, String resource) {
        return new AccessRequest(new Principal("1", type, "id", OWN, "arn"), action, resource);
    }
}
