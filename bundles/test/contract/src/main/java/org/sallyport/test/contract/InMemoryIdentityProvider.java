package org.sallyport.test.contract;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.spi.identity.IdentityProvider;

/** {@link IdentityProvider} for tests: passwords as they are, in memory. Never for a server. */
public final class InMemoryIdentityProvider implements IdentityProvider {
    private static final int WEAK = 8;

    private final Map<String, char[]> accounts = new ConcurrentHashMap<>();

    @Override
    public boolean verifyPassword(String userName, char[] password, Instant deadline) {
        char[] known = accounts.get(userName);
        return known != null && Arrays.equals(known, password);
    }

    @Override
    public void setPassword(String userName, char[] password, Instant deadline) {
        if (password.length < WEAK) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, "The password is too short; take at least " + WEAK + " characters.");
        }
        accounts.put(userName, password.clone());
    }
}
