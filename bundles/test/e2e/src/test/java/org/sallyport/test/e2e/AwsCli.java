package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The AWS CLI as a script calls it, a process for each command. */
record AwsCli(Map<String, String> environment) {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Ran(int status, String out, String err) {}

    Ran run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("AWS_PAGER", "");
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), out, err);
    }

    JsonNode answer(String... arguments) throws IOException, InterruptedException {
        return JSON.readTree(text(arguments));
    }

    /** Of a command that answers nothing. */
    void done(String... arguments) throws IOException, InterruptedException {
        text(arguments);
    }

    String text(String... arguments) throws IOException, InterruptedException {
        Ran ran = run(arguments);
        assertThat(ran.status())
                .as(String.join(" ", arguments) + "\n" + ran.err())
                .isZero();
        return ran.out();
    }

    /** The error's code. */
    String refused(String... arguments) throws IOException, InterruptedException {
        Ran ran = run(arguments);
        // 255 of version 1, 254 of version 2
        assertThat(ran.status()).as(ran.out()).isIn(254, 255);
        return ran.err().replaceAll("(?s).*An error occurred \\((\\w+)\\).*", "$1");
    }
}
