package org.sallyport.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.SallyportException;

final class Errors {
    private Errors() {}

    /** The call fails with that code; the message is returned for more. */
    static String failure(ErrorCode code, ThrowingCallable call) {
        SallyportException failure = catchThrowableOfType(SallyportException.class, call);
        assertThat(failure).as("failure with " + code.name()).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        return failure.getMessage();
    }
}
