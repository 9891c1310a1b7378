package org.sallyport.core.edge.tls;

/** Where the server's certificate comes from. */
@FunctionalInterface
public interface CertificateSource {
    /**
     * The certificate to use now; made, renewed or read again as needed. Blocks for the disk.
     *
     * @throws org.sallyport.api.error.SallyportException {@code INVALID_ARGUMENT} that names the file and what to do about it
     */
    ServerCertificate current();
}
