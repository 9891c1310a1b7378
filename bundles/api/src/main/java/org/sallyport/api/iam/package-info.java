/**
 * Users, groups, roles and policies, as IAM has them. Every call asks the decision point first, for the IAM action of the same name on the ARN
 * of what is named; then it checks what was given, then it looks things up.
 */
@Export
@Version("1.1.0")
package org.sallyport.api.iam;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
