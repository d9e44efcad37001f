"""Knowledge and examples -> weights. The only rooms with scikit-learn, numpy and scipy."""
