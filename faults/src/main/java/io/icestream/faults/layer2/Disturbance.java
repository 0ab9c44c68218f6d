/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import java.util.Locale;

/** Something that happens to a running pipeline. */
enum Disturbance {
  /** The driver is killed, and another one started. */
  DRIVER_KILLED,
  /** The driver is told to stop, and another one started. */
  DRIVER_STOPPED,
  /** The driver is paused, another one takes over; the first one wakes up, and gives way. */
  DRIVER_DOUBLED,
  /** Another driver is started beside the first one, which gives way. */
  DRIVER_RIVALLED,
  /** The broker is killed, and started again. */
  BROKER_KILLED,
  /** The broker does not answer for some seconds. */
  BROKER_PAUSED,
  /** The object store answers a part of the requests with 503. */
  STORE_BUSY,
  /** The object store does what it is asked, and answers with 500. */
  STORE_FORGETFUL,
  /** The object store's answers break off. */
  STORE_CUT,
  /** The object store keeps the connection open and does not answer. */
  STORE_SILENT,
  /** The object store takes its time. */
  STORE_SLOW,
  /** The catalog refuses for some seconds. */
  CATALOG_LOCKED,
  /** The driver can write no file for some seconds. */
  DISK_FULL,
  /** A record is larger than most batches. */
  RECORD_OVERSIZED;

  /** The name in schedules. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
