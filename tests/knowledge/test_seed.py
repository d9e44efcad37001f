"""The statements that the knowledge began with: each is there, with its owner, made precise where it was not."""

import pytest

AWS, CUSTOMER = "aws", "customer"

STATEMENTS = [
    # what was stated, its owner, the duties that carry it
    ("infrastructure, backups, patching, availability", AWS, "general.of-the-cloud rds.hardware rds.os-patch"),
    ("data security, configuration, optimisation", CUSTOMER, "general.in-the-cloud rds.data-own rds.params"),
    ("installation is taken over", AWS, "general.managed-db rds.engine-install"),
    ("hardware, network and storage", AWS, "rds.hardware rds.host-network rds.storage-layer"),
    ("network and size are chosen", CUSTOMER, "rds.subnets rds.security-groups rds.instance-class rds.storage-size"),
    ("patches are installed", AWS, "rds.engine-patch-apply rds.engine-required-patch"),
    ("engine, version, schedule", CUSTOMER, "rds.engine-choice rds.maintenance-window rds.amvu-switch"),
    ("automated backups, snapshots, point in time", AWS, "rds.automated-backups-run rds.pitr-service"),
    ("backup retention", CUSTOMER, "rds.retention aurora.retention"),
    ("manual snapshots", CUSTOMER, "rds.manual-snapshot"),
    ("replication and failover for Multi-AZ", AWS, "rds.multi-az-replication rds.multi-az-failover"),
    ("whether to use Multi-AZ", CUSTOMER, "rds.multi-az-choice"),
    ("metrics and logs", AWS, "rds.metrics-provide rds.logs-provide"),
    ("watching and acting", CUSTOMER, "rds.metrics-act general.monitoring-own"),
    ("protecting the service", AWS, "rds.hardware rds.host-network rds.tenant-isolation"),
    ("encryption at rest is done", AWS, "rds.encryption-do rds.aws-key"),
    ("IAM, own keys, credentials", CUSTOMER, "rds.iam-policies rds.cmk rds.master-password"),
    ("infrastructure of all database services", AWS, "general.of-the-cloud aurora.infra dynamodb.infra"),
    ("backups of all database services", AWS, "aurora.backups-run dynamodb.pitr-run"),
    ("availability and failover", AWS, "general.availability-infra aurora.failover"),
    ("data and access", CUSTOMER, "general.data-content general.iam-manage dynamodb.iam-policy aurora.iam"),
    ("encryption and keys are chosen", CUSTOMER, "general.encrypt-choice rds.encryption-enable dynamodb.key-type"),
    ("performance of the application", CUSTOMER, "rds.query-tuning general.optimise"),
    ("monitoring and optimisation", CUSTOMER, "rds.metrics-act dynamodb.alarms general.optimise"),
    ("the line moves with the service", CUSTOMER, "general.model-per-service"),
]


@pytest.mark.parametrize(("statement", "owner", "duties"), STATEMENTS)
def test_every_statement_is_there_with_its_owner(known, statement, owner, duties):
    owners = {duty.id: duty.owner.value for duty in known.duties}
    assert [owners.get(name) for name in duties.split()] == [owner] * len(duties.split()), statement


PRECISE = [
    # duty, what it must say that the statement left out
    ("rds.retention", "0 to 35 days"),
    ("rds.retention", "0 switches them off"),
    ("aurora.retention", "1 to 35 days"),
    ("rds.engine-required-patch", "even when auto upgrade is off"),
    ("rds.encryption-enable", "default"),
]


@pytest.mark.parametrize(("name", "words"), PRECISE)
def test_what_was_imprecise_is_made_right(known, name, words):
    (duty,) = [duty for duty in known.duties if duty.id == name]
    assert words in " ".join((duty.duty, duty.why, *duty.facts))
