package io.sluice.kafka.consume.poll;

/** What others want of a consumer; runs on the poller's thread, between two polls. */
interface PollCommand {
    void run(GroupMember member, UnreadablePartitions unreadable);
}
