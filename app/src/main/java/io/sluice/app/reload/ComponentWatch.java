package io.sluice.app.reload;

import io.sluice.app.reload.RunningBindings.Result;
import io.sluice.app.telemetry.ComponentMeters;
import io.sluice.core.component.LoadResult;
import io.sluice.core.time.Rounds;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows the component files and the files of their secrets: looks at them once a second, and when they have changed and
 * come to rest, reads all of them again and makes the bindings what they say. Files with a problem change nothing. One
 * change is done with before the next is looked for.
 *
 * <p>It looks, instead of being told by the operating system: a mounted volume tells of changes on some systems and not on
 * others, and never of a link that was swapped further up; looking at ten files costs a tenth of a millisecond.
 */
public final class ComponentWatch extends VerticleBase {
    private static final Duration TURN = Duration.ofSeconds(1);
    /** Far longer than any {@code initTimeout}: one change is done with before the next is looked for. */
    private static final Duration LONGEST_TURN = Duration.ofHours(1);

    /** What a change has begun is ended by those who stop the bindings, right after this. */
    private static final Duration LAST_TURN = Duration.ofSeconds(1);

    private static final String REJECTED = "rejected";

    private final Callable<LoadResult> loader;
    private final RunningBindings bindings;
    private final ComponentMeters meters;
    private final FileNews news;
    private final Settling settling = new Settling();
    private Set<Path> sources;
    private Future<Void> turn = Future.succeededFuture();
    private @Nullable Rounds rounds;

    /**
     * @param loader reads the files; may block
     * @param loaded what the running bindings were read from
     */
    public ComponentWatch(
            Callable<LoadResult> loader, LoadResult loaded, RunningBindings bindings, ComponentMeters meters) {
        this.loader = loader;
        this.sources = loaded.sources();
        this.bindings = bindings;
        this.meters = meters;
        this.news = new FileNews(loaded);
    }

    @Override
    public Future<?> start() {
        rounds = new Rounds(context, "following the component files", LONGEST_TURN, () -> {
            turn = look();
            return turn.map(TURN);
        });
        rounds.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        if (rounds != null) {
            rounds.stop();
        }
        bindings.stop();
        return turn.timeout(LAST_TURN.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    private Future<Void> look() {
        Set<Path> looked = sources;
        return vertx.executeBlocking(() -> Snapshot.of(looked), false)
                .compose(now -> settling.isDue(now) ? reload() : Future.succeededFuture());
    }

    private Future<Void> reload() {
        settling.reading();
        return vertx.executeBlocking(loader, false).compose(this::apply);
    }

    private Future<Void> apply(LoadResult read) {
        LoadResult loaded = read.whileRunning(bindings.names());
        List<String> problems = loaded.problems();
        sources = loaded.sources();
        settling.read(problems.isEmpty());
        if (news.tell(loaded)) {
            meters.reloaded(REJECTED);
        }
        if (!problems.isEmpty()) {
            return Future.succeededFuture();
        }
        bindings.storesBecome(loaded.stores());
        return bindings.become(loaded.bindings(), loaded.leftOut())
                .onSuccess(this::count)
                .mapEmpty();
    }

    private void count(Result result) {
        if (result != Result.NOTHING_TO_DO) {
            meters.reloaded(result.name().toLowerCase(Locale.ROOT));
        }
    }
}
