package org.sallyport.core.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the store, PID {@value #PID}. The store waits for it, so that a server never opens another database than it is told. */
@ObjectClassDefinition(name = "Sallyport: store", description = "Database, data directory and age of data keys")
@interface StoreConfig {
    String PID = "org.sallyport.core.store";

    @AttributeDefinition(
            name = "JDBC URL",
            description =
                    "Empty for the embedded H2 database in the data directory; else jdbc:postgresql://host/database."
                            + " A change needs a restart of the server")
    String url() default "";

    @AttributeDefinition(name = "User", description = "Database user; the embedded database is made with it")
    String user() default "sallyport";

    @AttributeDefinition(
            name = "Password",
            type = AttributeType.PASSWORD,
            description = "Of the database user; new connections use a changed one")
    String _password() default "";

    @AttributeDefinition(
            name = "Password file",
            description =
                    "Absolute path of a file with the password in its first line, mode 0600, instead of the password"
                            + " itself. Without either, the environment variable SALLYPORT_STORE_PASSWORD counts")
    String password_file() default "";

    @AttributeDefinition(
            name = "TLS mode",
            description = "PostgreSQL's sslmode: disable, allow, prefer, require, verify-ca or verify-full. Empty for"
                    + " verify-full, and prefer where the database is on this machine. A change needs a restart")
    String tls_mode() default "";

    @AttributeDefinition(
            name = "TLS authorities",
            description = "Absolute path of a PEM file with the certificates that a database's certificate is checked"
                    + " against. Empty for those of Java. A change needs a restart")
    String tls_ca() default "";

    @AttributeDefinition(
            name = "Data directory",
            description = "Absolute path. Empty for the framework property sallyport.data. A change needs a restart")
    String directory() default "";

    @AttributeDefinition(name = "Pool size", min = "1", max = "100", description = "Most connections, 1 to 100")
    int pool_size() default 8;

    @AttributeDefinition(
            name = "Data key age",
            min = "0",
            max = "3650",
            description = "Days after which a new data key seals secrets, 0 for never. Old keys go on opening")
    int data_key_days() default 90;
}
