package org.sallyport.adapter.node.cloud;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which instances come in. Without certificates and accounts none does. */
@ObjectClassDefinition(
        name = "Sallyport: cloud instances",
        description = "Nodes that show the signed identity document of EC2 or of a cloud that makes the same")
public @interface CloudConfig {
    @AttributeDefinition(
            name = "Certificates",
            description = "Files with the certificates, in PEM, that the cloud signs identity documents with (RSA)")
    String[] certificates() default {};

    @AttributeDefinition(name = "Accounts", description = "Numbers of the cloud accounts whose instances may come in")
    String[] accounts() default {};

    @AttributeDefinition(name = "Regions", description = "Regions whose instances may come in; all when empty")
    String[] regions() default {};

    @AttributeDefinition(
            name = "Oldest document",
            description =
                    "Minutes from the instance's start within which it must register, 1 to 525600. A document stays the same"
                            + " until the instance stops, so who stole one may use it for that long")
    int max_age_min() default 30;

    @AttributeDefinition(
            name = "Instance profiles",
            description = "Roles by what the document says, the first that fits: member=value[,member=value]:Role or"
                    + " member=value[,member=value]:instance-profile/Name, with the members accountId, region, availabilityZone,"
                    + " imageId, instanceType and architecture. Instances that none fits, or whose profile has no role, act with the"
                    + " account's default role")
    String[] instance_profiles() default {};

    @AttributeDefinition(name = "Approval", description = "Whether a person must let each instance in")
    boolean approval() default false;
}
