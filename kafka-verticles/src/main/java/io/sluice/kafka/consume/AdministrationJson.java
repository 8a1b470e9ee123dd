package io.sluice.kafka.consume;

import io.sluice.core.message.Delivery.Coordinates;
import io.sluice.kafka.client.KafkaFailures;
import io.sluice.kafka.consume.InputBinding.TopicStatus;
import io.sluice.kafka.consume.failure.FailedRecord;
import io.sluice.kafka.consume.poll.Unreadable;
import io.sluice.kafka.consume.progress.PartitionSnapshot;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Blocked;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Oldest;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Pause;
import io.sluice.kafka.consume.progress.PartitionSnapshot.Stage;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders what the API says of an input binding. */
final class AdministrationJson {
    private static final String HALF = "until half of the records that may move are settled";
    private static final int NOT_FOUND = 404;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

    private AdministrationJson() {}

    static JsonObject partitions(Input input, List<TopicStatus> topics) {
        var partitions = new JsonArray();
        for (TopicStatus topic : topics) {
            topic.partitions().forEach(status -> partitions.add(partition(status, topic.reason())));
        }
        var reasons = new JsonArray();
        notDelivering(input, topics).forEach(reasons::add);
        return new JsonObject()
                .put("binding", input.name())
                .put("group", input.binding().consumer().group())
                .put("topics", new JsonArray(input.binding().topics()))
                .put("notDelivering", reasons)
                .put("partitions", partitions);
    }

    /** One that is not subscribed says that and no more: whatever else there is comes of it, or is for later. */
    private static List<String> notDelivering(Input input, List<TopicStatus> topics) {
        List<String> reasons = topics.stream()
                .map(TopicStatus::reason)
                .filter(reason -> !reason.isEmpty())
                .distinct()
                .toList();
        return reasons.isEmpty() ? input.health().notConsuming() : reasons;
    }

    private static JsonObject partition(PartitionStatus status, String closedBecause) {
        PartitionSnapshot snapshot = status.snapshot();
        String paused = pausedBecause(status, closedBecause);
        return new JsonObject()
                .put("topic", status.partition().topic())
                .put("partition", status.partition().partition())
                .put("position", known(snapshot.expected()))
                .put("committed", known(status.committed()))
                .put("end", known(status.end()))
                .put("lag", known(status.lag()))
                .put("windowRecords", snapshot.records())
                .put("windowBytes", snapshot.bytes())
                .put("inFlight", snapshot.inFlight())
                .put("retrying", snapshot.retrying())
                .put(
                        "oldestUnsettled",
                        snapshot.oldest().map(AdministrationJson::oldest).orElse(null))
                .put(
                        "blocked",
                        new JsonArray(snapshot.blocked().stream()
                                .map(AdministrationJson::blocked)
                                .toList()))
                .put("lastError", status.lastError().reason())
                .put(
                        "lastErrorAt",
                        status.lastError().reason().isEmpty()
                                ? null
                                : time(status.lastError().time()))
                .put("lastJump", jump(status.lastJump()))
                .put("paused", !paused.isEmpty())
                .put("pausedBecause", paused);
    }

    private static @Nullable JsonObject jump(Jumps.@Nullable Seen seen) {
        return seen == null
                ? null
                : new JsonObject()
                        .put("from", seen.jump().from())
                        .put("to", seen.jump().to())
                        .put("gone", seen.jump().gone())
                        .put("reason", seen.jump().cause().text())
                        .put("at", time(seen.time()));
    }

    private static String pausedBecause(PartitionStatus status, String closedBecause) {
        Unreadable unreadable = status.unreadable();
        if (unreadable != null) {
            return "the record at offset " + unreadable.offset() + " cannot be read: " + unreadable.reason();
        }
        if (status.deadLetterFailing()) {
            return "a dead letter cannot be written";
        }
        if (!closedBecause.isEmpty()) {
            return closedBecause;
        }
        if (!status.memoryShort().isEmpty()) {
            return "waiting for memory: " + status.memoryShort();
        }
        return status.snapshot().pause().map(AdministrationJson::full).orElse(status.full() ? HALF : "");
    }

    private static String full(Pause pause) {
        return switch (pause) {
            case RECORDS -> "as many records as the window holds are not settled";
            case BYTES -> "as many bytes as the window holds are not settled";
            case STUCK -> "no more records are held beside those that are blocked or wait for a retry";
        };
    }

    private static JsonObject oldest(Oldest oldest) {
        return new JsonObject()
                .put("offset", oldest.offset())
                .put("ageMillis", oldest.age())
                .put("attempts", oldest.refusals())
                .put("stage", stage(oldest.stage()))
                .put(oldest.stage() == Stage.RETRYING ? "retryAt" : "since", time(oldest.time()));
    }

    private static String stage(Stage stage) {
        return switch (stage) {
            case WAITING -> "waiting";
            case DELIVERING -> "delivering";
            case RETRYING -> "retrying";
            case DEAD_LETTERING -> "deadLettering";
            case BLOCKED -> "blocked";
        };
    }

    private static JsonObject blocked(Blocked blocked) {
        var json = new JsonObject()
                .put("offset", blocked.offset())
                .put("since", time(blocked.since()))
                .put("reason", blocked.reason());
        ByteBuffer key = blocked.key();
        if (key == null) {
            return json;
        }
        String text = text(key.duplicate());
        return text == null
                ? json.put(
                        "keyBase64",
                        StandardCharsets.ISO_8859_1
                                .decode(Base64.getEncoder().encode(key))
                                .toString())
                : json.put("key", text);
    }

    private static @Nullable String text(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    static JsonObject failures(String binding, List<FailedRecord> records) {
        return new JsonObject()
                .put("binding", binding)
                .put(
                        "failures",
                        new JsonArray(records.stream()
                                .map(AdministrationJson::failure)
                                .toList()));
    }

    private static JsonObject failure(FailedRecord record) {
        return new JsonObject()
                .put("topic", record.coordinates().topic())
                .put("partition", record.coordinates().partition())
                .put("offset", record.coordinates().offset())
                .put("attempts", record.attempts())
                .put("status", record.status())
                .put("reason", record.reason())
                .put("answer", record.answer())
                .put("time", time(record.time()))
                .put("outcome", record.outcome().text());
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static @Nullable Long known(long offset) {
        return offset < 0 ? null : offset;
    }

    static ReplyException unknownRecord(Coordinates at) {
        return error(NOT_FOUND, "ERR_UNKNOWN_RECORD", "there is no record at " + at + " for this binding");
    }

    static ReplyException notHeldAt(Coordinates at) {
        return error(
                NOT_FOUND,
                "ERR_UNKNOWN_RECORD",
                at + " holds nothing up: it is not blocked, its dead letter is not waiting, and it can be read");
    }

    static ReplyException refused(String reason) {
        return error(BAD_GATEWAY, "ERR_REDELIVERY_REFUSED", "the record was refused again: " + reason);
    }

    static ReplyException unreachable(String reason) {
        return error(UNAVAILABLE, "ERR_REDELIVERY_UNAVAILABLE", "nobody could be asked to take the record: " + reason);
    }

    static ReplyException unavailable(Throwable cause) {
        return error(UNAVAILABLE, "ERR_REDELIVERY_UNAVAILABLE", KafkaFailures.message(cause));
    }

    private static ReplyException error(int status, String code, String message) {
        String json =
                new JsonObject().put("errorCode", code).put("message", message).encode();
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, status, json);
    }
}
