"""Recognition of kinds, document boundaries, codes and fields on pages that the pipeline has read."""
