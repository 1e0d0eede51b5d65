package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartsTest {
    private static final Charts CHARTS = Charts.in(List.of(
            "apps/shop/Chart.yaml",
            "apps/shop/templates/web.yaml",
            "apps/shop/charts/redis/Chart.yaml",
            "apps/bank/Chart.yaml",
            "apps/web.yaml"));

    @ParameterizedTest
    @CsvSource({
        "apps/shop/Chart.yaml, apps/shop/",
        "apps/shop/requirements.yaml, apps/shop/",
        "apps/shop/values.yaml, apps/shop/",
        "apps/shop/values-prod.yml, apps/shop/",
        "apps/shop/values.schema.json, apps/shop/",
        "apps/shop/ci/test-values.yaml, apps/shop/",
        "apps/shop/templates/web.yaml, apps/shop/",
        "apps/shop/templates/tests/a.yaml, apps/shop/",
        "apps/shop/charts/redis/Chart.yaml, apps/shop/",
        "apps/shop/charts/redis/templates/a.yaml, apps/shop/",
        "apps/bank/templates/web.yaml, apps/bank/",
    })
    void whatBelongsToAChart(String name, String chart) {
        assertEquals(chart, CHARTS.chartOf(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apps/web.yaml",
                "apps/templates/web.yaml",
                "apps/values.yaml",
                "apps/shop/crds/a.yaml",
                "apps/shop/deploy.yaml",
                "apps/shop/examples/values.yaml",
                "apps/shop-templates/web.yaml",
                "Chart.yaml",
            })
    void whatCanBeReadByItself(String name) {
        assertNull(CHARTS.chartOf(name));
    }

    @Test
    void theFolderGivenMayBeTheChart() {
        Charts charts = Charts.in(List.of("templates/web.yaml", "Chart.yaml", "web.yaml"));
        assertEquals("", charts.chartOf("templates/web.yaml"));
        assertNull(charts.chartOf("web.yaml"));
    }

    @Test
    void withoutItsDescriptionItIsNoChart() {
        assertNull(Charts.in(List.of("shop/templates/web.yaml", "shop/values.yaml", "MyChart.yaml"))
                .chartOf("shop/templates/web.yaml"));
    }
}
