-- Appends one event to the city's log. `parts`: branch, was, moved_from as text; ticket, desk, facts, intent
-- as JSON text.
-- keys: events
local function emit(kind, parts, detail)
  offset = offset + 1
  local line = {'{"offset":', offset, ',"type":"', kind, '","at":', at, ',"real":', real}
  line[#line + 1] = ',"actor":' .. cjson.encode(actor)
  for _, name in ipairs({'branch', 'was', 'moved_from'}) do
    if parts[name] then
      line[#line + 1] = ',"' .. name .. '":"' .. parts[name] .. '"'
    end
  end
  for _, name in ipairs({'ticket', 'desk', 'facts', 'intent'}) do
    if parts[name] then
      line[#line + 1] = ',"' .. name .. '":' .. parts[name]
    end
  end
  if detail and next(detail) then
    line[#line + 1] = ',"detail":' .. cjson.encode(detail)
  end
  line[#line + 1] = '}'
  redis.call('XADD', events, offset .. '-0', 'event', table.concat(line))
  redis.call('HSET', city, 'offset', offset, 'at', at)
end
