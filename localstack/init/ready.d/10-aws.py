# SPDX-License-Identifier: MIT
"""Makes what a deployment declares on AWS and LocalStack has: the lake's bucket, a bucket for what lands, the queue of
dead letters, the parameter that lists the topics, and the secret of the poller in docs/producers.md. Runs at each
start, inside of LocalStack; what is there already stays.
"""

import json

from localstack.aws.connect import connect_to

STAGE = "local"
TOPICS = ("iot.readings", "weblogs", "clicks")
FOURTEEN_DAYS = str(14 * 24 * 3600)

aws = connect_to(region_name="us-east-1")

buckets = {bucket["Name"] for bucket in aws.s3.list_buckets()["Buckets"]}
for name in ("lake", f"icestream-{STAGE}-landing"):
    if name not in buckets:
        aws.s3.create_bucket(Bucket=name)

aws.sqs.create_queue(
    QueueName=f"icestream-{STAGE}-dead-letters", Attributes={"MessageRetentionPeriod": FOURTEEN_DAYS}
)
aws.ssm.put_parameter(
    Name=f"/icestream/{STAGE}/topics",
    Description="The topics that the pipelines of Icestream read",
    Type="String",
    Overwrite=True,
    Value=json.dumps([{"name": topic, "partitions": 4, "config": {}} for topic in TOPICS]),
)
secrets = {secret["Name"] for secret in aws.secretsmanager.list_secrets()["SecretList"]}
if "weather-api" not in secrets:
    aws.secretsmanager.create_secret(Name="weather-api", SecretString='{"token":"local"}')
