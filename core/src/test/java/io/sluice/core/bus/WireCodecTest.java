package io.sluice.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.message.InvokeOutcome.Stored;
import io.sluice.core.message.InvokeRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class WireCodecTest {
    private final WireCodec<InvokeRequest> requests =
            new WireCodec<>(InvokeRequest.class, InvokeWire::writeRequest, InvokeWire::readRequest);
    private final WireCodec<Stored> outcomes =
            new WireCodec<>(Stored.class, InvokeWire::writeStored, InvokeWire::readStored);

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aRequestComesBackAsItWasWritten(
            @ForAll("texts") String operation,
            @ForAll("values") byte[] value,
            @ForAll("metadata") Map<String, String> metadata,
            @ForAll @IntRange(max = 20) int offset) {
        var read = roundTrip(requests, new InvokeRequest(operation, value, metadata), offset);

        assertThat(read.operation()).isEqualTo(operation);
        assertThat(read.value()).isEqualTo(value);
        assertThat(List.copyOf(read.metadata().entrySet())).isEqualTo(List.copyOf(metadata.entrySet()));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anOutcomeComesBackAsItWasWritten(
            @ForAll("texts") String topic,
            @ForAll int partition,
            @ForAll long offset,
            @ForAll @IntRange(max = 20) int position) {
        var stored = new Stored(topic, partition, offset);

        assertThat(roundTrip(outcomes, stored, position)).isEqualTo(stored);
    }

    @Example
    void withinAProcessTheMessageItselfIsHandedOver() {
        var request = new InvokeRequest("create", new byte[3], Map.of());

        assertThat(requests.transform(request)).isSameAs(request);
    }

    @Example
    void anUnknownVersionIsRefused() {
        var wire = Buffer.buffer();
        outcomes.encodeToWire(wire, new Stored("t", 1, 2));
        wire.setByte(0, (byte) 9);

        assertThatThrownBy(() -> outcomes.decodeFromWire(0, wire))
                .hasMessage("Stored in form 9, only form 1 is known here");
    }

    @Example
    void aLengthBeyondTheMessageIsRefusedBeforeAnythingIsAllocated() {
        for (int length : new int[] {-2, 1, Integer.MAX_VALUE}) {
            var wire = Buffer.buffer().appendByte((byte) 1).appendInt(length);

            assertThatThrownBy(() -> requests.decodeFromWire(0, wire))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not fit");
        }
    }

    private static <T> T roundTrip(MessageCodec<T, T> codec, T message, int offset) {
        var wire = Buffer.buffer(new byte[offset]);
        codec.encodeToWire(wire, message);
        return codec.decodeFromWire(offset, wire.appendString("what follows"));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().all().ofMaxLength(30).filter(text -> text.chars()
                .noneMatch(c -> Character.isSurrogate((char) c)));
    }

    @Provide
    Arbitrary<byte[]> values() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(200).injectNull(0.1);
    }

    @Provide
    Arbitrary<Map<String, String>> metadata() {
        return Arbitraries.maps(texts(), texts()).ofMaxSize(8).map(LinkedHashMap::new);
    }
}
