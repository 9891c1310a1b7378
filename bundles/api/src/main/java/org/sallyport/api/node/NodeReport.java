package org.sallyport.api.node;

/**
 * What a node says of itself in UpdateInstanceInformation (node-agent specification, section 4.1). All text comes from the node and
 * is hostile: at most 256 characters each, cut when longer; empty when not sent.
 */
public record NodeReport(
        String agentName,
        String agentVersion,
        String agentStatus,
        String computerName,
        String ipAddress,
        String platformType,
        String platformName,
        String platformVersion) {}
