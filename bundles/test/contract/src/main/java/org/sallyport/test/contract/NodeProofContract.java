package org.sallyport.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;
import org.sallyport.spi.node.NodeProof;
import org.sallyport.spi.node.NodeProof.Proven;
import org.sallyport.spi.node.NodeProof.Shown;

/** What every {@link NodeProof} keeps to, whatever its documents are. */
public abstract class NodeProofContract {
    /** Where nodes ask from. */
    protected static final String SOURCE = "192.0.2.7";

    private static final int CALLERS = 32;

    private NodeProof proof;

    /** An adapter that has seen no document yet; asked for before each test. */
    protected abstract NodeProof emptyProof() throws Exception;

    /** A document that is right now, of a node of its own. */
    protected abstract String freshDocument() throws Exception;

    @BeforeEach
    void takeEmptyProof() throws Exception {
        proof = emptyProof();
    }

    @Test
    void aDocumentIsGoodOnce() throws Exception {
        String document = freshDocument();

        Proven proven = prove(document);

        assertThat(proven.subject()).isNotBlank().hasSizeLessThanOrEqualTo(512);
        proven.nodeId().ifPresent(id -> assertThat(id).matches("i-[0-9a-f]{8}([0-9a-f]{9})?"));
        assertThat(proven.tags()).hasSizeLessThanOrEqualTo(50);
        refusal(document);
    }

    @Test
    void ofManyWithOneDocumentOneIsAdmitted() throws Exception {
        String document = freshDocument();

        List<Optional<Proven>> results = Race.of(CALLERS, () -> {
            try {
                return Optional.of(prove(document));
            } catch (SallyportException e) {
                assertThat(e.code()).isEqualTo(NodeError.PROOF_REFUSED);
                return Optional.empty();
            }
        });

        assertThat(results.stream().flatMap(Optional::stream)).hasSize(1);
    }

    @Test
    void whatWasGivenBackMayBeUsedOnceMore() throws Exception {
        String document = freshDocument();
        Proven first = prove(document);

        proof.release(first, soon());
        prove(document);

        refusal(document);
    }

    @Test
    void documentsOfOthersGoOnBeingGood() throws Exception {
        prove(freshDocument());

        assertThat(prove(freshDocument()).subject()).isNotBlank();
    }

    @Test
    void aDocumentWithAnyByteChangedIsRefused() throws Exception {
        String document = freshDocument();
        for (int i = 0; i < document.length(); i += Math.max(1, document.length() / 60)) {
            char other = document.charAt(i) == 'A' ? 'B' : 'A';
            String changed = document.substring(0, i) + other + document.substring(i + 1);
            SallyportException e = catchThrowableOfType(SallyportException.class, () -> prove(changed));
            // some encodings have bits that mean nothing
            assertThat(e == null || e.code() == NodeError.PROOF_REFUSED)
                    .as("byte %d", i)
                    .isTrue();
            if (e == null) {
                document = freshDocument();
            }
        }
    }

    @Test
    void garbageIsRefusedAndNotRepeated() {
        for (String garbage : List.of(
                "",
                " ",
                "null",
                "{}",
                "[]",
                "....",
                "a.b.c",
                "{\"pkcs7\":\"AAAA\"}",
                "{\"document\":\"{}\",\"signature\":\"secret-garbage\"}",
                "[".repeat(NodeProof.MAX_DOCUMENT),
                "secret-garbage".repeat(1000))) {
            assertThat(refusal(garbage)).doesNotContain("secret-garbage").hasSizeLessThan(500);
        }
    }

    private Proven prove(String document) {
        return proof.prove(new Shown(document, SOURCE), soon());
    }

    private String refusal(String document) {
        SallyportException e = catchThrowableOfType(SallyportException.class, () -> prove(document));
        assertThat(e).as("a document that must be refused").isNotNull();
        assertThat(e.code()).isEqualTo(NodeError.PROOF_REFUSED);
        assertThat(e.getMessage()).isNotBlank();
        return e.getMessage();
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(10);
    }
}
