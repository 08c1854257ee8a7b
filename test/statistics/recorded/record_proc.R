# Records areas, their variances and the paired test of DeLong as pROC has them, for the tests in test/statistics: of the samples of
# inference.json, another implementation beside the one that wrote them.
#
# Run it in its folder: Rscript record_proc.R > proc.json, and format that with Prettier. Recorded with R 4.2.2, pROC 1.18.0 and
# jsonlite 1.8.4.

suppressMessages({
  library(pROC)
  library(jsonlite)
})

samples <- read_json("inference.json", simplifyVector = FALSE)$delong
recorded <- lapply(samples, function(sample) {
  labels <- unlist(sample$labels)
  one <- roc(labels, unlist(sample$first), levels = c(0, 1), direction = "<", quiet = TRUE)
  other <- roc(labels, unlist(sample$second), levels = c(0, 1), direction = "<", quiet = TRUE)
  test <- roc.test(one, other, method = "delong", paired = TRUE)
  list(
    name = sample$name,
    areas = c(auc(one), auc(other)),
    variances = c(var(one, method = "delong"), var(other, method = "delong")),
    covariance = cov(one, other, method = "delong"),
    z = unname(test$statistic),
    p = test$p.value
  )
})
cat(toJSON(list(delong = recorded), auto_unbox = TRUE, digits = NA))
