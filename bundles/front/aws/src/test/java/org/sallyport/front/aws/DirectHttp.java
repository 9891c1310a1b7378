package org.sallyport.front.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sallyport.api.access.WireRequest;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Hands what the SDK would send to a dispatcher. */
final class DirectHttp implements SdkHttpClient {
    private final Dispatcher dispatcher;

    DirectHttp(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return response(dispatcher.handle(wire(request)));
            }

            @Override
            public void abort() {
                // nothing is on its way
            }
        };
    }

    @Override
    public void close() {
        // nothing is open
    }

    private static WireRequest wire(HttpExecuteRequest request) throws IOException {
        SdkHttpRequest http = request.httpRequest();
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        http.headers().forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        byte[] body = {};
        if (request.contentStreamProvider().isPresent()) {
            try (InputStream content = request.contentStreamProvider().get().newStream()) {
                body = content.readAllBytes();
            }
        }
        return new WireRequest(http.method().name(), http.encodedPath(), "", headers, body, Front.SOURCE);
    }

    private static HttpExecuteResponse response(Answer answer) {
        SdkHttpResponse.Builder response = SdkHttpResponse.builder()
                .statusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .putHeader("Content-Length", Integer.toString(answer.body().length));
        answer.headers().forEach(response::putHeader);
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                .build();
    }
}
