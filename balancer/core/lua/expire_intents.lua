-- Ends the intents of visitors who should have come by now (city time), at most `limit` of them.
-- kind: command
-- keys: coming
-- args: limit#
-- returns: Answer
-- events: intent_ended
for _, id in ipairs(redis.call('ZRANGEBYSCORE', coming, '-inf', at, 'LIMIT', 0, limit)) do
  end_intent(load_intent(id), 'expired')
end
return answer({})
