-- A visitor is expected no more: kept (with the ticket), cancelled or expired. Forgotten 72 real hours later.
-- keys: coming senders sender_of
local function end_intent(visitor, outcome, ticket_id)
  visitor.state, visitor.ended, visitor.ticket = to_state('intent_ended', outcome), at, ticket_id
  redis.call('ZREM', coming, visitor.id)
  local mark = redis.call('HGET', sender_of, visitor.id)
  if mark then
    redis.call('SREM', senders .. mark, visitor.id)
    redis.call('HDEL', sender_of, visitor.id)
  end
  local text = save_intent(visitor, 72 * 3600)
  emit('intent_ended', {branch = visitor.branch, intent = text}, {outcome = outcome})
  return text
end
