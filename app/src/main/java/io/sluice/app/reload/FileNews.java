package io.sluice.app.reload;

import io.sluice.core.component.LoadResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is to be said about component files, the same thing once, however often they are read. */
final class FileNews {
    private static final Logger LOG = LoggerFactory.getLogger(FileNews.class);

    private Set<String> warnings;
    private List<String> problems = List.of();

    /** @param told what has been logged already */
    FileNews(LoadResult told) {
        this.warnings = Set.copyOf(told.warnings());
    }

    /** @return whether there are problems, and not those of the last time */
    boolean tell(LoadResult loaded) {
        loaded.warnings().stream()
                .filter(warning -> !warnings.contains(warning))
                .forEach(LOG::warn);
        warnings = new HashSet<>(loaded.warnings());
        boolean other = !loaded.problems().equals(problems);
        problems = loaded.problems();
        if (!other) {
            return false;
        }
        problems.forEach(LOG::error);
        if (problems.isEmpty()) {
            LOG.info("the component files are right again");
        } else {
            LOG.error("the component files have changed and are wrong: everything goes on as it was");
        }
        return !problems.isEmpty();
    }
}
