package org.sallyport.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.SallyportException;

/** Asserts failures by their code and gives the message for more. */
final class Errors {

    private Errors() {}

    static AbstractStringAssert<?> assertFails(ErrorCode code, ThrowingCallable call) {
        SallyportException e = catchThrowableOfType(SallyportException.class, call);
        assertThat(e).as("a failure with " + code.name()).isNotNull();
        assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
        return assertThat(e.getMessage());
    }
}
