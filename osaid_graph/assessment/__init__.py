"""From results to an assessment: findings with their trace, outcomes by requirement, judgements, the verdict."""
