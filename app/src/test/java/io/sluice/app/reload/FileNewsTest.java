package io.sluice.app.reload;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.core.component.LoadResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FileNewsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(FileNews.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final FileNews news = new FileNews(loaded(List.of(), List.of("old")));

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void listenNoMore() {
        logger.setLevel(null);
        logger.detachAppender(log);
    }

    @Test
    void aProblemIsToldOnceHoweverOftenTheFilesAreRead() {
        assertThat(news.tell(loaded(List.of("wrong"), List.of()))).isTrue();
        assertThat(news.tell(loaded(List.of("wrong"), List.of()))).isFalse();

        assertThat(lines()).filteredOn("wrong"::equals).hasSize(1);
    }

    @Test
    void theEndOfAProblemIsToldAndAnotherOneIsNews() {
        news.tell(loaded(List.of("wrong"), List.of()));

        assertThat(news.tell(loaded(List.of(), List.of()))).isFalse();
        assertThat(lines()).last().isEqualTo("the component files are right again");
        assertThat(news.tell(loaded(List.of("wrong"), List.of()))).isTrue();
    }

    @Test
    void onlyNewWarningsAreTold() {
        assertThat(news.tell(loaded(List.of(), List.of("old", "new")))).isFalse();

        assertThat(lines()).containsExactly("new");
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static LoadResult loaded(List<String> problems, List<String> warnings) {
        return new LoadResult(List.of(), List.of(), problems, warnings, Set.of(), Map.of(), Set.of());
    }
}
