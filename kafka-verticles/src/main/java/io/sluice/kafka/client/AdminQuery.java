package io.sluice.kafka.client;

import io.sluice.auth.kafka.KafkaSecurity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.admin.KafkaAdminClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks with Kafka's admin client; the wrapper of it does not give ids of topics and instance ids. */
final class AdminQuery implements ClusterQuery {
    private final Vertx vertx;
    private final AdminClient kafka;
    private final KafkaAdminClient admin;
    private final KafkaSecurity login;

    AdminQuery(Vertx vertx, AdminClient kafka, KafkaSecurity login) {
        this.vertx = vertx;
        this.kafka = kafka;
        this.admin = KafkaAdminClient.create(vertx, kafka);
        this.login = login;
    }

    @Override
    public Future<Void> ask() {
        return admin.describeCluster().onFailure(this::tellLogin).mapEmpty();
    }

    private void tellLogin(Throwable error) {
        if (LoginFailures.isRefusal(error)) {
            login.refused();
        }
    }

    @Override
    public Future<Map<String, Uuid>> topicIds(Set<String> topics) {
        var ids = new ConcurrentHashMap<String, Uuid>();
        List<Future<TopicDescription>> answers = kafka.describeTopics(topics).topicNameValues().values().stream()
                .map(this::here)
                .map(answer -> answer.onSuccess(topic -> ids.put(topic.name(), topic.topicId())))
                .toList();
        return Future.join(answers).transform(all -> Future.succeededFuture(ids));
    }

    @Override
    public Future<Map<String, List<Set<TopicPartition>>>> assignments(Set<String> groups) {
        var assigned = new ConcurrentHashMap<String, List<Set<TopicPartition>>>();
        List<Future<ConsumerGroupDescription>> answers =
                kafka.describeConsumerGroups(groups).describedGroups().values().stream()
                        .map(this::here)
                        .map(answer -> answer.onSuccess(group -> assigned.put(group.groupId(), assignments(group))))
                        .toList();
        return Future.join(answers).transform(all -> Future.succeededFuture(assigned));
    }

    private static List<Set<TopicPartition>> assignments(ConsumerGroupDescription group) {
        return group.members().stream()
                .map(member -> member.assignment().topicPartitions())
                .toList();
    }

    @Override
    public Future<Boolean> hasInstance(String group, String instanceId) {
        return members(group)
                .map(members -> members.stream()
                        .anyMatch(member -> member.groupInstanceId().equals(Optional.of(instanceId))))
                .recover(error -> KafkaFailures.isCausedBy(error, GroupIdNotFoundException.class)
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(error));
    }

    private Future<List<MemberDescription>> members(String group) {
        return here(kafka.describeConsumerGroups(List.of(group)).all()).map(groups -> groups.values().stream()
                .flatMap(description -> description.members().stream())
                .toList());
    }

    private <T> Future<T> here(KafkaFuture<T> answer) {
        return Future.fromCompletionStage(answer.toCompletionStage(), vertx.getOrCreateContext());
    }

    @Override
    public Future<Void> close() {
        // Nobody waits for the answer to an open question; with Kafka away it would come at its limit.
        // Not 0: the wrapper takes that for no limit.
        return admin.close(1);
    }
}
