-- The slip of today that the caller's number names: letter, number, ticket. Refuses one that is of no lease of
-- today (of the caller's lease, where he names it), and one that has become a ticket.
-- keys: leases slips
local function find_slip()
  local series = branch .. '/' .. day
  local texts = lease and {redis.call('HGET', leases .. series, lease) or nil}
    or redis.call('HVALS', leases .. series)
  for _, text in ipairs(texts) do
    local held = cjson.decode(text)
    for _, block in ipairs(held.blocks) do
      local place = tonumber(string.sub(number, #block.letter + 1))
      local within = place and place >= block.first and place < block.first + held.count
      if within and number == number_of(block.letter, place) then
        if redis.call('HEXISTS', slips .. series, number) == 1 then
          refuse('slip_used', {number = number})
        end
        local id = string.sub(redis.sha1hex(held.lease .. '/' .. number), 1, 20)
        return {letter = block.letter, number = number, ticket = id}
      end
    end
  end
  refuse('slip_unknown', {number = number})
end
