#include "record/named_queries.h"

namespace fixdrill::record {

const std::vector<NamedQuery>& named_queries() {
  static const std::vector<NamedQuery> kQueries = {
      {"conversation", "every message in order, with time, session and direction",
       R"sql(SELECT m.id, strftime('%H:%M:%S', m.wall_ns / 1000000000, 'unixepoch')
         || printf('.%06d', m.wall_ns / 1000 % 1000000) AS time,
       s.alias AS session, CASE m.dir WHEN 1 THEN 'out' ELSE 'in' END AS dir,
       replace(CAST(m.raw AS TEXT), char(1), '|') AS message
  FROM message m LEFT JOIN session s ON s.id = m.session_id ORDER BY m.id)sql"},
      {"messages", "how many messages of each type went out and came in, a session a row",
       R"sql(SELECT s.alias AS session, m.msg_type, sum(m.dir = 1) AS out, sum(m.dir = 0) AS "in"
  FROM message m LEFT JOIN session s ON s.id = m.session_id WHERE m.kind = 'fix'
 GROUP BY s.alias, m.msg_type ORDER BY s.alias, count(*) DESC)sql"},
      {"scenarios", "scenarios with outcome, duration, and how many verdicts went against them",
       R"sql(SELECT e.case_id, e.name, e.outcome, e.elapsed_ns / 1000000 AS ms,
       count(v.id) FILTER (WHERE v.outcome <> 'PASS') AS against, e.path, e.line
  FROM scenario_exec e LEFT JOIN step_exec t ON t.scenario_exec_id = e.id
  LEFT JOIN verdict v ON v.step_exec_id = t.id GROUP BY e.id ORDER BY e.id)sql"},
      {"verdicts", "what went wrong, where, with the fields that differ",
       R"sql(SELECT e.case_id, v.location, v.outcome, v.message, f.path AS field, f.expected, f.actual
  FROM verdict v JOIN step_exec t ON t.id = v.step_exec_id
  JOIN scenario_exec e ON e.id = t.scenario_exec_id
  LEFT JOIN verdict_field f ON f.verdict_id = v.id AND f.ok = 0
 WHERE v.outcome <> 'PASS' ORDER BY v.id, f.position)sql"},
      {"rejects", "rejects of every kind: Reject, OrderCancelReject, BusinessMessageReject",
       R"sql(SELECT m.id, s.alias AS session, CASE m.dir WHEN 1 THEN 'out' ELSE 'in' END AS dir,
       m.msg_type, replace(CAST(m.raw AS TEXT), char(1), '|') AS message
  FROM message m LEFT JOIN session s ON s.id = m.session_id
 WHERE m.kind = 'fix' AND m.msg_type IN ('3', '9', 'j') ORDER BY m.id)sql"},
      {"round-trips",
       "the slowest answers: from the last message sent to the one a step waited for",
       R"sql(SELECT t.round_trip_ns / 1000 AS us, e.case_id, t.session, t.text, t.path, t.source_line
  FROM step_exec t JOIN scenario_exec e ON e.id = t.scenario_exec_id
 WHERE t.round_trip_ns IS NOT NULL ORDER BY t.round_trip_ns DESC LIMIT 50)sql"},
      {"sequence", "jumps of MsgSeqNum(34), a session and direction at a time, repeats left out",
       R"sql(SELECT session, dir, id, before, seq, seq - before - 1 AS missing FROM (
  SELECT s.alias AS session, CASE m.dir WHEN 1 THEN 'out' ELSE 'in' END AS dir, m.id, m.seq,
         lag(m.seq) OVER (PARTITION BY m.session_id, m.dir ORDER BY m.id) AS before
    FROM message m LEFT JOIN session s ON s.id = m.session_id
   WHERE m.kind = 'fix' AND m.poss_dup = 0 AND m.seq IS NOT NULL)
 WHERE seq <> before + 1 ORDER BY id)sql"},
      {"connections", "connections: how long, how many bytes each way, why they ended",
       R"sql(SELECT c.id, s.alias AS session, c.local, c.remote,
       (c.closed_ns - c.opened_ns) / 1000000 AS ms, c.close_reason,
       sum(CASE m.dir WHEN 1 THEN length(m.raw) ELSE 0 END) AS bytes_out,
       sum(CASE m.dir WHEN 0 THEN length(m.raw) ELSE 0 END) AS bytes_in
  FROM connection c LEFT JOIN session s ON s.id = c.session_id
  LEFT JOIN message m ON m.connection_id = c.id GROUP BY c.id ORDER BY c.id)sql"},
      {"odd", "what is no whole message: garbled, junk, partial; and CheckSums that do not hold",
       R"sql(SELECT m.id, s.alias AS session, CASE m.dir WHEN 1 THEN 'out' ELSE 'in' END AS dir, m.kind,
       m.sum_ok, m.line, length(m.raw) AS bytes,
       replace(CAST(substr(m.raw, 1, 100) AS TEXT), char(1), '|') AS begins
  FROM message m LEFT JOIN session s ON s.id = m.session_id
 WHERE m.kind <> 'fix' OR (m.sum_ok = 0 AND m.masked = 0) ORDER BY m.id)sql"},
      {"sources", "of an import: its files, how much of each was understood, its clock",
       R"sql(SELECT id, path, format, messages, bytes,
       printf('%.1f%%', 100.0 * explained / max(bytes, 1)) AS explained,
       clock_offset_ns, clock_spread_ns FROM source ORDER BY id)sql"},
      {"hops", "of an import of several sources: from one point to the next, microseconds",
       R"sql(SELECT m.msg_type, a.path AS "from", b.path AS "to", count(*) AS messages,
       min(g.wall_ns - m.wall_ns) / 1000 AS min_us, avg(g.wall_ns - m.wall_ns) / 1000 AS avg_us,
       max(g.wall_ns - m.wall_ns) / 1000 AS max_us
  FROM sighting g JOIN message m ON m.id = g.message_id
  JOIN source a ON a.id = m.source_id JOIN source b ON b.id = g.source_id
 GROUP BY m.msg_type, a.id, b.id ORDER BY a.id, b.id, m.msg_type)sql"},
      {"answers", "what people answered to prompts",
       R"sql(SELECT e.case_id, a.kind, a.question, a.answer, a.who, a.source,
       strftime('%Y-%m-%d %H:%M:%S', a.wall_ns / 1000000000, 'unixepoch') AS time
  FROM answer a JOIN step_exec t ON t.id = a.step_exec_id
  JOIN scenario_exec e ON e.id = t.scenario_exec_id ORDER BY a.wall_ns)sql"},
      {"environment", "what the run ran on and with",
       R"sql(SELECT key, value FROM environment ORDER BY key)sql"},
  };
  return kQueries;
}

}  // namespace fixdrill::record
