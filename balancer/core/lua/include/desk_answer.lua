-- The answer to a desk's verb: always with the desk, as it is now.
-- keys: desks
local function desk_answer(texts)
  texts.desk = texts.desk or redis.call('HGET', desks, branch .. '/' .. desk)
  return answer(texts)
end
