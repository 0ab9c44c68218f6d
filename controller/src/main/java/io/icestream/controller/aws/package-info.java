/** EMR Serverless, Systems Manager and S3, each behind the interface that the controller needs. */
package io.icestream.controller.aws;
