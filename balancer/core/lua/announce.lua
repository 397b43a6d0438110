-- A visitor is on his way: expected until he comes, gives it up or does not come in time. `sender` is a mark of
-- who asks, which may have `most` such intents at once.
-- kind: command
-- keys: intents coming senders sender_of
-- args: intent branch service arrives# quote? sender? most#?
-- returns: Answer: intent
-- events: intent_announced
local facts = load_facts(branch)
local offered = offer(branch, service)
ask_branch(facts)
ask_service(facts, offered.needs_power, service)
if redis.call('EXISTS', intents .. intent) == 1 then
  refuse('invalid_field', {field = 'intent_id', why = 'taken'})
end
if sender and redis.call('SCARD', senders .. sender) >= most then
  refuse('too_many_intents', {most = most})
end
local arrival = math.max(arrives, at)
local spared = branch_setting(branch).intent_expires_ms or 30 * 60000 -- a city of before this setting
local visitor = {
  id = intent, branch = branch, queue = offered.queue, service = service, version = 0,
  state = to_state('intent_announced'), announced = at, arrives = arrival,
  expires = arrival + spared, quoted = quote and cjson.decode(quote),
}
redis.call('ZADD', coming, visitor.expires, intent)
if sender then
  redis.call('SADD', senders .. sender, intent)
  redis.call('HSET', sender_of, intent, sender)
end
local text = save_intent(visitor)
emit('intent_announced', {branch = branch, intent = text})
return answer({intent = text})
